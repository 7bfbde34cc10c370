# What a message says, as facts in `say`; how it looks is in message.jq.

declare -gA say=()

# Sets the facts that every message of this run has.
read_facts() {
  local version title
  version=$(output_of ship version)
  version=${version:-$(output_of version version)}
  version=${version:-$(output_of plan version)}
  title=$(output_of plan title)
  read_now
  say=([icon]='' [headline]='' [version]=$version [replaces]=$(output_of ship previous_version) [actor]=${GITHUB_ACTOR-} [phase]='' [took]='' [users]=''
    [why]="${REASON:+Why: $REASON}" [what]="${title:+Commit: $title}" [next]='' [changes]=''
    [run]="$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID" [at]="$(date -u -d "@$now_s" '+%F %H:%M UTC')")
  [[ -z $(output_of plan sha) ]] || say[changes]="$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/commit/$(output_of plan sha)"
  # Names of releases say what changed between them only where both are tags.
  [[ ${say[replaces]} =~ ^v[0-9.]+$ && $version =~ ^v[0-9.]+$ && ${say[replaces]} != "$version" ]] &&
    say[changes]="$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/compare/${say[replaces]}...$version"
  what="${GITHUB_REPOSITORY#*/} ${version:+$version }"
  return 0
}

say_start() {
  say[icon]='🚀' say[phase]='tests and build'
  say[headline]="Deploying ${what}to $ENVIRONMENT"
  [[ $TASK == deploy ]] || { say[icon]='⏪' say[phase]='on the server' say[headline]="Rolling back ${GITHUB_REPOSITORY#*/} $ENVIRONMENT to ${say[version]:-the release before}"; }
}

say_progress() {
  say_start
  say[phase]='tested and built; to the server next'
}

# Sets `alarm` where somebody must look.
say_end() {
  local name="deploy of ${what}to $ENVIRONMENT"
  read_end
  [[ $TASK == deploy ]] || name="rollback of ${GITHUB_REPOSITORY#*/} $ENVIRONMENT to ${say[version]:-the release before}"
  if [[ $TASK == hold ]]; then say_end_of_hold; return; fi
  case $kind in
    success | noop)
      say[icon]='✅' say[phase]='done'
      if [[ $TASK == deploy ]]; then say[headline]="Deployed ${what}to $ENVIRONMENT"; else say[headline]="Rolled back ${GITHUB_REPOSITORY#*/} $ENVIRONMENT to ${say[version]}"; fi
      [[ $kind == success ]] || say[headline]="Nothing to do: ${name}" say[phase]='live already'
      ;;
    superseded) say[icon]='⏭️' say[headline]="Overtaken: $name" say[phase]='a newer commit is live' ;;
    blocked) say[icon]='✋' say[headline]="Refused: $name" say[phase]=$failed say[users]=$users ;;
    cancelled_*) say[icon]='🚫' say[headline]="Cancelled: $name" say[phase]=$failed say[users]=$users ;;
    failed_reverted) say[icon]='↩️' say[headline]="Failed and taken back: $name" say[phase]='health check' say[users]=$users alarm=yes ;;
    *) say[icon]='❌' say[headline]="Failed: $name" say[phase]=$failed say[users]=$users alarm=yes ;;
  esac
  [[ $kind != blocked || $TASK != rollback ]] || alarm=yes
  say[took]=$(took)
  [[ $kind == success ]] || say[what]=$said
  [[ -z $alarm ]] || find_next_step
  case $(result_of hold) in
    success) say[next]+="${say[next]:+ }$(output_of hold message)" ;;
    failure | cancelled) alarm=yes say[next]="Next: hold deploys to $ENVIRONMENT (workflow Hold), or the next push undoes this." ;;
  esac
}

# How long it took since the plan, in words.
took() {
  local seconds
  seconds_of "$(output_of plan planned_at)" || return 0
  seconds=$((now_s - REPLY))
  if ((seconds < 60)); then echo "$seconds s"; else echo "$((seconds / 60)) min $((seconds % 60)) s"; fi
}

say_end_of_hold() {
  case $outcome in
    held_now | already_held) say[icon]='⏸️' say[headline]="Deploys to $ENVIRONMENT are held" ;;
    released | not_held) say[icon]='▶️' say[headline]="Deploys to $ENVIRONMENT pass again" ;;
    frozen_now) say[icon]='🧊' say[headline]="The server of $ENVIRONMENT is frozen" ;;
    unfrozen | not_frozen) say[icon]='▶️' say[headline]="The server of $ENVIRONMENT is unfrozen" ;;
    *) say[icon]='❌' say[headline]="Failed: ${ACTION:-hold} of $ENVIRONMENT" say[phase]=$failed alarm=yes ;;
  esac
  say[what]=$said
}

find_next_step() {
  local step=''
  case $outcome in
    build_failed | bad_release) step='mend the build or the tests, then push.' ;;
    health_failed_reverted | unhealthy_outside_reverted) step='read the log of the release on the server; mend it, then push.' ;;
    revert_unhealthy | unhealthy_outside | no_previous | health_failed_irreversible) step='look at the server now: database, disk, certificate, web server.' ;;
    host_key_changed) step='ask who changed the server; do not deploy before that is clear.' ;;
    server_unreachable | upload_failed) step='look whether the server is up, then run it again.' ;;
    outcome_unknown | no_answer | cancelled) step='ask the server what is live: relctl status.' ;;
  esac
  say[next]="${step:+Next: $step}"
}
