# A hold: the branch <environment>-branch-deploy-lock with a lock.json, as github/branch-deploy makes it.

# Ends with `held` where deploys to the environment, or to all, are held.
require_not_held() {
  local name
  for name in "$environment" global; do
    if read_hold "$name"; then
      fact held_by "$held_by"
      fact held_since "$held_at"
      answer held "Deploys to $environment are held by $held_by since $held_at: $held_why"
    fi
  done
}

# Sets `held_by`, `held_at` and `held_why` and succeeds when there is a hold. Ends with `github_refused` where that cannot be
# known: a deploy then does not pass.
read_hold() {
  local lock=$1-branch-deploy-lock text
  held_by='somebody' held_at='an unknown time' held_why='no reason can be read'
  if ! github GET "git/ref/heads/$lock"; then
    [[ $status == 404 ]] && return 1
    github_refusal "Whether deploys are held cannot be read"
  fi
  github GET "contents/lock.json?ref=$lock" || return 0
  text=$(jq -r '.content | gsub("\\s"; "") | @base64d' <<<"$body" 2>/dev/null) || return 0
  held_by=$(field_of "$text" created_by "$held_by")
  held_at=$(field_of "$text" created_at "$held_at")
  held_why=$(field_of "$text" reason "$held_why")
}

# Prints a text of a JSON object, or what stands for it.
field_of() {
  local value
  value=$(jq -r --arg key "$2" '.[$key] | strings | .[0:500]' <<<"$1" 2>/dev/null)
  printf '%s' "${value:-$3}"
}
