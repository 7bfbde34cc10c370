# An upload is a release only when it is exactly what MANIFEST.sha256 (the output of sha256sum) says: every file, no other
# one, no links.

readonly manifest=MANIFEST.sha256

# Moves an upload out of the uploader's reach, into .relctl/checking. Ends with `no_upload`, or with `locked` while it is
# still being written to: a writer that is inside the folder would follow it.
claim_upload() {
  local id=$1 upload=$base/incoming/$1 checking=$state/checking/$1
  if [[ -d $upload && ! -L $upload ]]; then
    exec 8<"$upload" && flock -n 8 || refuse locked "The upload of $id has not ended." holder null
    remove_tree "$checking"
    rename_over "$upload" "$checking" || refuse no_upload "The upload of $id cannot be moved."
    exec 8<&-
  fi
  # Without an upload, one that an earlier process was checking when it was killed is as good.
  [[ -d $checking ]] || refuse no_upload "Nothing was uploaded into incoming/$id."
}

# Ends with `manifest_mismatch` and gives the upload back, so that sending it again mends it.
require_manifest() {
  local id=$1 folder=$state/checking/$1 why=''
  (cd "$folder" && check_manifest) 9>&- >"$state/log/$id.log" 2>&1 && return 0
  why=$(head -n 1 "$state/log/$id.log")
  show_log "$id"
  rename_over "$folder" "$base/incoming/$id"
  refuse manifest_mismatch "The upload is not what its manifest says: ${why:-unreadable}"
}

# In the upload's folder: prints what is wrong and fails, or is silent.
check_manifest() {
  local path line lines files=()
  [[ -f $manifest && ! -L $manifest ]] || { echo "there is no $manifest"; return 1; }
  if [[ -n $manifest_digest ]]; then
    line=$(sha256sum "$manifest")
    [[ ${line%% *} == "$manifest_digest" ]] || { echo "$manifest is not the one that was announced"; return 1; }
  fi
  mapfile -t lines <"$manifest"
  for line in "${lines[@]}"; do
    # Plain comparisons: a regular expression per line would take longer than the checksums.
    [[ ${#line} -gt 66 && ${line:64:2} == ' '[\ *] && ${line:0:64} != *[!0-9a-f]* ]] || { echo "$manifest has a line that is none of sha256sum"; return 1; }
  done
  check_migrations || return 1
  shopt -s globstar dotglob nullglob
  for path in **/*; do
    if [[ -L $path ]]; then echo "not a plain file: $path"; return 1; fi
    [[ ! -d $path ]] || continue
    if [[ ! -f $path ]]; then echo "not a plain file: $path"; return 1; fi
    [[ $path == "$manifest" ]] || files+=("$path")
  done
  line=$(comm -3 <(cut -c67- "$manifest" | sort) <(((${#files[@]} == 0)) || printf '%s\n' "${files[@]}" | sort) | head -n 3)
  # comm indents what only the folder holds.
  [[ -z $line ]] || { echo "missing, or (indented) too much: $line"; return 1; }
  [[ -s $manifest ]] || return 0
  line=$(sha256sum -c "$manifest" 2>&1) && return 0
  print_failures <<<"$line"
  return 1
}

# Passes the lines that do not end in ": OK".
print_failures() {
  local line
  while IFS= read -r line; do
    [[ $line == *': OK' ]] || printf '%s\n' "$line"
  done
}

# Removes a folder whose files may be read-only.
remove_tree() {
  [[ -d $1 && ! -L $1 ]] || return 0
  chmod -R u+w -- "$1" && rm -rf -- "$1"
}
