# The journal: JSON lines, each with the hash of the one before. Only appended to, in the order in which things happened.
# A chain alone does not notice a missing tail: journal.head repeats the last hash, and every answer of publish and rollback
# carries it as "journal_head", to be kept elsewhere and given to verify-journal.

readonly batch_size=500
readonly no_hash=0000000000000000000000000000000000000000000000000000000000000000

# Adds an event about a release (and the one it replaces). Fails when it could not be written; nothing is then half said.
journal() {
  local event=$1 release=$2 from=$3 detail=${4-} at body last
  (
    exec 7>>"$state/journal.lock" && flock 7 || exit 1
    mend_torn_line
    last=''
    [[ -s $state/journal.jsonl ]] && last=$(tail -n 1 "$state/journal.jsonl")
    read_link_of "$last" || exit 1
    printf -v at '%(%Y-%m-%dT%H:%M:%SZ)T' -1
    body="{\"seq\":$((seq + 1)),\"at\":\"$at\",\"event\":\"$event\",\"release\":\"$release\",\"from\":\"$from\""
    json_text "${by-}" && body+=",\"by\":$REPLY"
    json_text "${run-}" && body+=",\"run\":$REPLY"
    json_text "$detail" && body+=",\"detail\":$REPLY,\"prev\":\"$hash\""
    hash_of "$body"
    printf '%s,"hash":"%s"}\n' "$body" "$REPLY" >>"$state/journal.jsonl" || exit 1
    printf '%s\n' "$((seq + 1)):$REPLY" >"$state/journal.head.next" && rename_over "$state/journal.head.next" "$state/journal.head"
  ) 2>/dev/null
}

# Adds an event after something was done that cannot be undone for the journal's sake: a failure is only told.
journal_after() {
  journal "$@" || printf 'The journal could not be written: %s %s\n' "$1" "$2" >&2
}

# The head as "seq:hash" in `REPLY`; empty before the first event.
journal_head() {
  REPLY=''
  [[ -f $state/journal.head ]] && IFS= read -r REPLY <"$state/journal.head"
  return 0
}

# verify-journal [seq:hash]: recomputes the chain, compares it with the head, and with a head that was kept elsewhere.
verify_journal_verb() {
  local known=${1-} line='' lines=() first=0 expected=1 previous=$no_hash head met='' last_head='' previous_head=''
  (($# <= 1)) && [[ -z $known || $known =~ ^[0-9]+:[0-9a-f]{64}$ ]] || refuse usage 'verify-journal takes one head, as seq:hash.'
  journal_head
  head=$REPLY
  [[ ! -f $state/journal.jsonl ]] || mapfile lines <"$state/journal.jsonl"
  if ((${#lines[@]} > 0)); then
    bodies=$(mktemp -d) || refuse journal_unwritable 'There is no room for a temporary folder to check the journal in; nothing was checked.'
    trap 'rm -rf -- "$bodies"' EXIT
    while ((first < ${#lines[@]})); do
      verify_entries "${lines[@]:first:batch_size}"
      ((first += batch_size))
    done
  fi
  local last=$((expected - 1))
  # A process killed between the two writes leaves the head one entry behind.
  [[ $head == "$previous_head" || $head == "$last_head" ]] ||
    broken "$expected" "is missing: the head is ${head:-empty}"
  [[ -z $known || -n $met ]] || broken "${known%%:*}" 'is not the one known elsewhere'
  json_text_or_null "$last_head"
  answer journal_intact "The chain of $last entries is whole." entries "$last" journal_head "$REPLY"
}

# Goes on with the chain over some lines, with one process for all their hashes: it gets each entry as a file.
verify_entries() {
  local line index entries=("$@") hashes=() files=()
  for line in "${entries[@]}"; do
    files+=("$bodies/${#files[@]}")
    printf '%s' "${line%,\"hash\":*}" >"${files[-1]}" || refuse journal_unwritable "There is no room in $bodies to check the journal in."
  done
  mapfile -t hashes <<<"$(sha256sum -- "${files[@]}")"
  for ((index = 0; index < ${#entries[@]}; index++)); do
    line=${entries[index]}
    [[ $line == *$'\n' ]] || broken "$expected" 'was cut short'
    line=${line%$'\n'}
    read_link_of "$line" || broken "$expected" 'is not a journal line'
    [[ $seq == "$expected" ]] || broken "$expected" "is missing; entry $seq stands in its place"
    [[ ${line%,\"hash\":*} == *",\"prev\":\"$previous\"" ]] || broken "$seq" 'does not follow the entry before it'
    [[ $hash == "${hashes[index]:0:64}" ]] || broken "$seq" 'was changed'
    [[ -z $known || $seq:$hash != "$known" ]] || met=yes
    previous=$hash previous_head=$last_head last_head=$seq:$hash
    expected=$((seq + 1))
  done
}

broken() {
  refuse journal_broken "Entry $1 $2." entry "$1"
}

# Sets `seq` and `hash` from a journal line; an empty line stands for the beginning.
read_link_of() {
  seq=0 hash=$no_hash
  [[ -z $1 ]] && return 0
  [[ $1 =~ ^\{\"seq\":([0-9]{1,15}),.*,\"hash\":\"([0-9a-f]{64})\"\}$ ]] || return 1
  seq=${BASH_REMATCH[1]} hash=${BASH_REMATCH[2]}
}

hash_of() {
  REPLY=$(printf '%s' "$1" | sha256sum)
  REPLY=${REPLY%% *}
}

# A line that a full disk cut short is set aside, so that the chain goes on from the last whole one.
mend_torn_line() {
  local whole
  [[ -s $state/journal.jsonl && -n $(tail -c 1 "$state/journal.jsonl") ]] || return 0
  tail -n 1 "$state/journal.jsonl" >>"$state/journal.torn"
  whole=$(($(wc -c <"$state/journal.jsonl") - $(tail -n 1 "$state/journal.jsonl" | wc -c)))
  truncate -s "$whole" "$state/journal.jsonl"
}
