// Stands in for VS Code's own GitHub sign-in. The token comes from the environment variable BOUSSOLE_TEST_TOKEN; without it
// nobody is signed in until a session is asked for with a dialog, which then answers the variable BOUSSOLE_TEST_SIGN_IN_TOKEN.
const vscode = require('vscode');

const account = { id: '1001', label: process.env.BOUSSOLE_TEST_ACCOUNT ?? 'camille' };

function provider(id) {
  const changed = new vscode.EventEmitter();
  const session = (token, scopes) => ({ id: `${id}-session`, accessToken: token, account, scopes: [...scopes] });
  let token = process.env.BOUSSOLE_TEST_TOKEN || undefined;
  return {
    onDidChangeSessions: changed.event,
    getSessions: async (scopes) => (token ? [session(token, scopes ?? ['repo'])] : []),
    createSession: async (scopes) => {
      token ??= process.env.BOUSSOLE_TEST_SIGN_IN_TOKEN;
      if (!token) throw new Error('Sign-in was cancelled.');
      const added = session(token, scopes);
      changed.fire({ added: [added], removed: [], changed: [] });
      return added;
    },
    removeSession: async () => {
      const removed = token ? [session(token, ['repo'])] : [];
      token = undefined;
      changed.fire({ added: [], removed, changed: [] });
    },
  };
}

exports.activate = (context) => {
  for (const [id, label] of [['github', 'GitHub'], ['github-enterprise', 'GitHub Enterprise Server']]) {
    context.subscriptions.push(vscode.authentication.registerAuthenticationProvider(id, label, provider(id)));
  }
};
