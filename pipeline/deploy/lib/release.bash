# The built release on its way to the server.

# Unpacks release.tar into `tree` and adds who it is to the files and to their manifest, which came with them. Ends with
# `bad_release`. Sets `manifest`, the SHA-256 of the manifest: the server checks that it got this one.
unpack_release() {
  local digest
  digest=$(sha256sum fetched/release.tar 2>/dev/null)
  [[ -n ${DIGEST-} && ${digest%% *} == "$DIGEST" ]] || answer bad_release 'The release is not the one that was built: its checksum differs.'
  make_tree
  tar --no-same-owner -xf fetched/release.tar -C "$tree" || answer bad_release 'The release cannot be unpacked.'
  [[ -z $(find "$tree" ! -type f ! -type d -print -quit) && -f $tree/MANIFEST.sha256 ]] || answer bad_release 'The release holds something that is no plain file, or has no manifest.'
  printf 'id=%s\nversion=%s\nsha=%s\n' "$release_id" "$VERSION" "$SHA" >"$tree/RELEASE"
  (cd "$tree" && sha256sum RELEASE >>MANIFEST.sha256) || answer bad_release 'The manifest cannot be written.'
  manifest=$(sha256sum "$tree/MANIFEST.sha256")
  manifest=${manifest%% *}
}

# Sets `tree` to an empty folder, in memory where twice the release has room there: thousands of small files take a disk longer
# than the whole upload.
make_tree() {
  local size_kb free_kb=0
  size_kb=$(($(stat -c %s fetched/release.tar) / 1024))
  [[ ! -d /dev/shm || ! -w /dev/shm ]] || free_kb=$(df -Pk /dev/shm | awk 'NR == 2 {print $4}')
  if ((${free_kb:-0} > 2 * size_kb)); then
    scratch_in_memory=$(umask 077 && mktemp -d /dev/shm/deploy.XXXXXX) || exit 70
    tree=$scratch_in_memory/release
  else
    tree=$scratch/release
  fi
  mkdir "$tree" || exit 70
}

# Sends `tree` into a folder of its own on the server; what is there of the live release is copied there instead of sent. Tries
# again only when the server still answers. Ends with `upload_failed`.
send_release() {
  local code tries=3 options=(-rpt --checksum --delete --chmod=D0755,Fu=rwX,Fgo=rX --timeout=60)
  [[ -z $live ]] || options+=("--copy-dest=../../releases/$live")
  while :; do
    timeout -k 5 1500 rsync "${options[@]}" -e "ssh -F '$scratch/ssh_config'" "$tree/" "server:$release_id/" >/dev/null 2>"$scratch/rsync_words" </dev/null
    code=$?
    ((code == 0)) && return 0
    quote_lines <"$scratch/rsync_words"
    ((--tries > 0)) || answer upload_failed "The upload failed three times; rsync ended with $code. What is live has not changed."
    sleep "${RETRY_PAUSE_S:-5}"
    probe
  done
}
