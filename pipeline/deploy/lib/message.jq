# A message to Slack from plain facts. Every text may be hostile: nobody can call the channel, forge a link or turn text around.

# One line, without control, direction and invisible characters, cut to a length, and with Slack's three characters escaped
# after the cut, so that no entity is cut.
def clean($max):
  tostring | gsub("[\\p{Cc}\\p{Zl}\\p{Zp}]+"; " ") | gsub("[\\x{061c}\\x{200b}\\x{200e}\\x{200f}\\x{202a}-\\x{202e}\\x{2060}\\x{2066}-\\x{2069}\\x{feff}]"; "")
  | sub("^ +"; "") | sub(" +$"; "") | if length > $max then .[0:$max - 1] + "…" else . end
  | gsub("&"; "&amp;") | gsub("<"; "&lt;") | gsub(">"; "&gt;");

# Where mrkdwn is read, text of others stands in a code span, in which no mark works.
def code($max): gsub("`"; "ˋ") | clean($max) | if . == "" then "—" else "`\(.)`" end;

def plain($max): {type: "plain_text", text: clean($max), emoji: false};
def mrkdwn: {type: "mrkdwn", text: ., verbatim: true};
def link($name): if test("^https?://[^\\s|<>]+$") then "<\(gsub("&"; "&amp;"))|\($name)>" else $name end;

# The arguments are the facts, name by name; they are strings, and an empty one is left out.
($ARGS.positional as $words | [range(0; $words | length; 2) | {key: $words[.], value: $words[. + 1]}] | from_entries) as $facts |
($facts.icon + " " + $facts.headline) as $first
| [["Version", $facts.version], ["In place of", $facts.replaces], ["By", $facts.actor], ["Phase", $facts.phase], ["Took", $facts.took], ["Users", $facts.users]] as $fields
| {
    text: ($first | clean(200)),
    unfurl_links: false,
    unfurl_media: false,
    blocks: ([
      {type: "header", text: ($first | plain(140))},
      {type: "section", fields: [$fields[] | select(.[1] != "") | "*\(.[0])*\n\(.[1] | code(150))" | mrkdwn]}
      ] + [($facts.why, $facts.what, $facts.next) | select(. != "") | {type: "section", text: plain(500)}]
        + [{type: "context", elements: [[($facts.run | link("Run")), (if $facts.changes == "" then empty else ($facts.changes | link("Changes")) end),
            ($facts.at | clean(40))] | join(" · ") | mrkdwn]}])
  }
