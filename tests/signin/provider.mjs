// A real OpenID provider on 127.0.0.1, certified software, set up as ID-porten and as a municipality's own are.
// One JSON object on the command line says the port, the keys, the client and where to tell that somebody signed out.
import http from 'node:http'
import Provider from 'oidc-provider'

const given = JSON.parse(process.argv[2])
const issuer = `http://127.0.0.1:${given.port}`
let person = {}

const provider = new Provider(issuer, {
  clients: [{
    client_id: given.client_id,
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'RS256',
    jwks: { keys: [given.public_key] },
    redirect_uris: [given.redirect_uri],
    post_logout_redirect_uris: [given.after_logout],
    response_types: ['code'],
    grant_types: ['authorization_code'],
    id_token_signed_response_alg: 'RS256',
    backchannel_logout_uri: given.backchannel,
    backchannel_logout_session_required: true,
    require_auth_time: true,
    require_pushed_authorization_requests: true,
  }],
  jwks: { keys: [given.private_key] },
  acrValues: ['idporten-loa-high', 'idporten-loa-substantial'],
  claims: {
    openid: ['sub', 'sid', 'acr', 'amr', 'auth_time', 'pid'],
    profile: ['preferred_username'],
    email: ['email', 'email_verified'],
  },
  conformIdTokenClaims: false,
  cookies: { keys: ['only-for-tests'] },
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    pushedAuthorizationRequests: { enabled: true },
    rpInitiatedLogout: { enabled: true },
  },
  // It does not call addresses on this machine unless told to, and here everything is on this machine.
  fetch: (address, options) => fetch(address, { ...options, dispatcher: undefined }),
  pkce: { required: () => true },
  ttl: { AccessToken: 60, AuthorizationCode: 60, IdToken: 120, Interaction: 600, Session: 3600, Grant: 3600 },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...person.claims }) }),
})

// The person who is to sign in next is said by the tests; the provider's own login page is skipped.
async function interact(request, response) {
  const { prompt, params, session } = await provider.interactionDetails(request, response)
  if (person.stops) {
    return provider.interactionFinished(request, response, { error: 'access_denied' })
  }
  if (prompt.name === 'login') {
    const login = { accountId: person.sub, acr: person.acr, amr: person.amr, remember: true }
    return provider.interactionFinished(request, response, { login })
  }
  const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id })
  grant.addOIDCScope(params.scope)
  const grantId = await grant.save()
  return provider.interactionFinished(request, response, { consent: { grantId } })
}

const answer = provider.callback()
http.createServer((request, response) => {
  if (request.url.startsWith('/interaction/')) {
    interact(request, response).catch((fault) => { response.statusCode = 500; response.end(String(fault)) })
  } else if (request.url === '/test/person') {
    let body = ''
    request.on('data', (part) => { body += part })
    request.on('end', () => { person = JSON.parse(body); response.end('{}') })
  } else {
    answer(request, response)
  }
}).listen(given.port, '127.0.0.1', () => console.log('ready'))
