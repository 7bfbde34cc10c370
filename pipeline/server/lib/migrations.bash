# A release may hold a file MIGRATIONS: one id a line, followed by the word "irreversible" where the code before it cannot
# work with what it does. Code goes back; the database does not.

# Runs the hook `migrate` before the switch, under the lock: the hook inherits it, so that a killed relctl does not free it
# while the database is still changing. Ends with `migration_failed`.
run_migrations() {
  local id=$1 from=$2 hook=$state/hooks/migrate
  [[ -x $hook ]] || return 0
  irreversible_between "$id" "$from"
  # Said before it runs: a killed migration may have done half of it.
  [[ -z $crossed ]] || journal migrated "$id" "$from" "$crossed" || fail_publish journal_unwritable 'The journal cannot be written.'
  (cd "$base/releases/$id" && exec timeout "${settings[migrate_timeout_s]}" "$hook" "$base/releases/$id" "$id") \
    </dev/null >>"$state/log/$id.log" 2>&1 && return 0
  show_log "$id"
  fail_publish migration_failed 'The migrations failed; what is live has not changed.'
}

# Ends with `crosses_irreversible_migration` when `target` (a folder) lacks an irreversible migration that the database has
# seen, unless the caller allowed it.
require_reversible() {
  local target=$1 id missing=''
  [[ -z $allow_irreversible ]] || return 0
  read_migrations "$target" all
  local -A known=()
  for id in $migration_ids; do known[$id]=yes; done
  read_migrations "$base/releases/${live:-none}" irreversible
  for id in $migration_ids $pending_irreversible; do
    [[ -n ${known[$id]-} ]] || missing+=" $id"
  done
  [[ -n $missing ]] || return 0
  [[ ! -d $state/checking/${target##*/} ]] || rename_over "$state/checking/${target##*/}" "$base/incoming/${target##*/}"
  json_text "${missing# }"
  refuse crosses_irreversible_migration "It lacks migrations that cannot be undone:$missing" migrations "$REPLY"
}

# In a release's folder: prints the first line of MIGRATIONS that is none and fails. A misspelt mark must not pass for
# "can be undone".
check_migrations() {
  local id mark
  [[ -f MIGRATIONS ]] || return 0
  while read -r id mark || [[ -n $id ]]; do
    [[ -z $id || $id == \#* || ($id =~ ^[0-9A-Za-z._-]+$ && $mark =~ ^(irreversible)?$) ]] && continue
    echo "MIGRATIONS has a line that is none: $id $mark"
    return 1
  done <MIGRATIONS
}

# Sets `crossed` to the irreversible migrations that release `to` has and release `from` has not.
irreversible_between() {
  local to=$1 from=$2 id
  crossed=''
  local -A known=()
  read_migrations "$base/releases/${from:-none}" all
  for id in $migration_ids; do known[$id]=yes; done
  read_migrations "$base/releases/$to" irreversible
  for id in $migration_ids; do
    [[ -n ${known[$id]-} ]] || crossed+="${crossed:+ }$id"
  done
}

# Sets `migration_ids` to the ids in a release's folder: all of them, or only the irreversible ones.
read_migrations() {
  local id mark
  migration_ids=''
  [[ -f $1/MIGRATIONS ]] || return 0
  while read -r id mark || [[ -n ${id-} ]]; do
    [[ $id =~ ^[0-9A-Za-z._-]+$ ]] || continue
    [[ $2 == all || $mark == irreversible ]] && migration_ids+=" $id"
  done <"$1/MIGRATIONS"
  return 0
}
