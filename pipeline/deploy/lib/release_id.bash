# The id of a release: <version>-<first 7 of the commit>-<run>.<attempt>, new for each attempt.

# Sets `id_version`, `id_commit` and `id_run` from an id; fails for one that was made otherwise.
split_release_id() {
  id_version='' id_commit='' id_run=''
  [[ $1 =~ ^(.+)-([0-9a-f]{7})-([0-9]+)\.([0-9]+)$ ]] || return 1
  id_version=${BASH_REMATCH[1]} id_commit=${BASH_REMATCH[2]} id_run=${BASH_REMATCH[3]}
}

# Sets `release_id` for a version and a commit in this attempt of this run.
make_release_id() {
  release_id=$1-${2:0:7}-${GITHUB_RUN_ID}.${GITHUB_RUN_ATTEMPT}
}

# Whether an id is the one, or of the version or commit, that a person names.
names_release() {
  local id=$1 named=$2
  [[ $id == "$named" ]] && return 0
  split_release_id "$id" || return 1
  [[ $id_version == "$named" || $id_version == "v$named" ]] && return 0
  is_commit "$named" && [[ ${named:0:7} == "$id_commit" ]]
}
