# What the jobs before this one came to: NEEDS is GitHub's context `needs` as JSON, read once into `needed`.

declare -gA needed=()

read_needs() {
  local key value
  while IFS=$'\t' read -r key value; do needed[$key]=$value; done < <(jq -r '
    to_entries[] | .key as $job | "\($job)\t\(.value.result)", (.value.outputs // {} | to_entries[] | "\($job).\(.key)\t\(.value | tostring | gsub("[[:cntrl:]]"; " "))")' \
    <<<"${NEEDS:-null}" 2>/dev/null)
}
read_needs

# Prints an output of a job; nothing when it is missing.
output_of() {
  printf '%s' "${needed[$1.$2]-}"
}

# Prints how a job ended: success, failure, cancelled, skipped, or nothing.
result_of() {
  printf '%s' "${needed[${1:-none}]-}"
}

# Prints the job that failed or was cancelled, the first in order; nothing when all went well. Messages to the team do not
# count, nor does the hold after a rollback: what was asked for is done then.
failed_job() {
  local job jobs=(plan verify version ship)
  [[ -v needed[ship] ]] || jobs=(hold server)
  for job in "${jobs[@]}"; do
    [[ ${needed[$job]-} =~ ^(failure|cancelled)$ ]] && printf '%s' "$job" && return 0
  done
  return 0
}

# Sets what the whole run came to: `outcome` and `said`, the outcome and message of the job that decided it; `failed`, the job
# that failed; `kind`, in the words of a delivery report; and `users`, what users see after a failure.
read_end() {
  local decided
  failed=$(failed_job)
  decided=$failed
  if [[ -z $decided ]]; then
    for decided in ship server hold plan; do [[ $(result_of "$decided") == success ]] && break; done
  fi
  outcome=$(output_of "$decided" outcome)
  said=$(output_of "$decided" message)
  if [[ $(result_of "$failed") == cancelled ]]; then
    # What had been said before somebody cancelled it is not the end.
    outcome=cancelled said="The job $failed was cancelled."
    [[ -z $(output_of ship deployment_id) ]] || said+=' The server may have gone on: ask it.'
  elif [[ $failed == ship && -z $outcome ]]; then
    outcome=not_begun said='The job ship did not get to the server: a reviewer said no, or its runner failed.'
  elif [[ -n $failed && (-z $outcome || ${successes[$outcome]-} == yes) ]]; then
    outcome=no_answer said="The job $failed ended without an answer. Its log says why; ask the server what is live."
  fi
  judge
}

# Outcomes of steps that went well: as the last word of a failed job they mean that the job was cut off after them.
declare -A successes=([planned]=yes [verified]=yes [reserved]=yes [reused]=yes [checked]=yes [uploaded]=yes [published]=yes [rolled_back]=yes)

judge() {
  local live
  live=$(output_of ship previous_version)
  users="${live:+$live is still live}"
  users=${users:-'what was live still is'}
  case $outcome in
    healthy_outside | not_checked_outside) kind=success ;;
    already_current | already_live | dry_run) kind=noop ;;
    superseded) kind=superseded ;;
    held | frozen | locked | stale_expectation | stale_run | rolled_back_since | secret_missing | wrong_ref | moved | unknown_version | \
      unknown_environment | not_on_branch | wrong_server | usage | disk_low | no_such_release | never_activated | crosses_irreversible_migration)
      kind=blocked
      ;;
    health_failed_reverted | unhealthy_outside_reverted) kind=failed_reverted users="${live:-the release before} is live again" ;;
    revert_unhealthy | no_previous | health_failed_irreversible | unhealthy_outside) kind=failed_unreverted users='the site is unhealthy, somebody must look now' ;;
    outcome_unknown | switch_failed | no_answer)
      kind=infra_failure users='nobody knows what is live: ask the server'
      [[ $failed == ship ]] || kind=failed_validation users='what was live still is'
      ;;
    cancelled)
      kind=cancelled_before
      [[ -z $(output_of ship deployment_id) ]] || kind=cancelled_unknown users='nobody knows what is live: ask the server'
      ;;
    *)
      kind=failed_before_switch
      [[ $failed == ship || $failed == server ]] || kind=failed_validation
      [[ -n $failed ]] || kind=success
      ;;
  esac
}
