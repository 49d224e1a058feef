/// What `connref explain live-audit` prints: how to get the answers that an audit reads, as a script
/// that says in its comments what it does, and the weekly job around it.
package enum LiveAuditGuide {
  /// A POSIX shell script.
  package static let script = #"""
    #!/bin/sh
    # What an environment holds, for 'connref audit --inventory'. This text is the script itself:
    #
    #   connref explain live-audit > live-audit.sh
    #   ORG=contoso.crm4.dynamics.com TENANT=… CLIENT_ID=… CLIENT_SECRET=… sh live-audit.sh prod
    #   connref audit HEAD --inventory prod
    #
    # connref itself calls no network: it reads the files that this script saves, or that you save by
    # any other tool: answers of the Web API as they come, one file a page. Name the revision that was
    # deployed to the environment.
    #
    # What it needs: curl, jq, and an app registration that is an application user of the environment
    # (Power Platform admin center, environment, Settings, Users, Application users), with a role that
    # may read connectionreference, workflow and systemuser in the whole organisation.
    #
    # What is asked, each followed by its next pages:
    #   connectionreferences   who is bound, who owns it, when it was made
    #   workflows              cloud flows (category 5) and their definitions: on, off, suspended
    #   systemusers            which owners are people: those without applicationid
    # As whom a connection signs in, and whether it still works, is in none of these tables.
    #
    # A weekly job on GitHub, with the secrets of a read-only app registration:
    #
    #   on:
    #     schedule: [{cron: '0 5 * * 1'}]
    #     workflow_dispatch:
    #   jobs:
    #     audit:
    #       runs-on: ubuntu-latest
    #       steps:
    #         - uses: actions/checkout@v4
    #         # install connref as its README says
    #         - run: sh live-audit.sh prod
    #           env:
    #             ORG: contoso.crm4.dynamics.com
    #             TENANT: ${{ secrets.TENANT_ID }}
    #             CLIENT_ID: ${{ secrets.CLIENT_ID }}
    #             CLIENT_SECRET: ${{ secrets.CLIENT_SECRET }}
    #         - run: connref audit HEAD --inventory prod --fail-on warning
    #
    # The same in Azure Pipelines:
    #
    #   schedules:
    #     - {cron: '0 5 * * 1', displayName: weekly, branches: {include: [main]}, always: true}
    #   steps:
    #     # install connref as its README says
    #     - script: sh live-audit.sh prod
    #       env: {ORG: contoso.crm4.dynamics.com, TENANT: $(tenantId), CLIENT_ID: $(clientId),
    #             CLIENT_SECRET: $(clientSecret)}
    #     - script: connref audit HEAD --inventory prod --fail-on warning
    #
    # The answers name people and hold the definitions of flows: keep them out of git.

    # shellcheck disable=SC2016 # '$select' is for the environment, not for the shell.
    set -eu

    folder=${1:?usage: sh live-audit.sh FOLDER}
    : "${ORG:?the host of the environment, as contoso.crm4.dynamics.com}"
    : "${TENANT:?the id of the tenant}" "${CLIENT_ID:?the id of the app registration}"
    : "${CLIENT_SECRET:?a secret of the app registration}"
    login=${LOGIN:-https://login.microsoftonline.com}
    service=${SERVICE:-https://$ORG}

    # The secret goes through standard input: arguments can be seen by others on the machine.
    token=$(printf '%s' "$CLIENT_SECRET" | curl -sS --fail-with-body \
      "$login/$TENANT/oauth2/v2.0/token" \
      -d grant_type=client_credentials -d "client_id=$CLIENT_ID" \
      --data-urlencode client_secret@- -d "scope=https://$ORG/.default" | jq -er .access_token)

    # Saves a table, a file a page. A page says where the next one is; curl waits and tries again
    # where the environment asks for that (429, Retry-After).
    save() {
      page=1
      next="$service/api/data/v9.2/$1?$2"
      while [ -n "$next" ]; do
        file="$folder/$1-$page.json"
        printf 'Authorization: Bearer %s' "$token" | curl -sS --fail-with-body --retry 5 \
          -H @- -H 'Accept: application/json' -H 'OData-Version: 4.0' -H 'OData-MaxVersion: 4.0' \
          -H 'Prefer: odata.maxpagesize=500' -o "$file" "$next"
        next=$(jq -r '."@odata.nextLink" // empty' "$file")
        page=$((page + 1))
      done
    }

    mkdir -p "$folder"
    # What an earlier run left would be read as part of this one.
    rm -f "$folder"/connectionreferences-*.json "$folder"/workflows-*.json \
      "$folder"/systemusers-*.json
    save connectionreferences '$select=connectionreferenceid,connectionreferencelogicalname,connectionreferencedisplayname,connectorid,connectionid,statecode,ismanaged,_ownerid_value,createdon,modifiedon'
    save workflows '$select=workflowid,name,category,type,statecode,ismanaged,_ownerid_value,createdon,modifiedon,clientdata&$filter=category%20eq%205%20and%20type%20eq%201'
    save systemusers '$select=systemuserid,applicationid,domainname,isdisabled'

    """#
}
