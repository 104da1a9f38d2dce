// Package links serves the pages behind the links in approvers' mails.
//
// GET and HEAD show, and never change anything, whoever fetches them and however
// often: mail scanners follow links. Without a sign-in a page says no more than
// that there is, or was, something to decide. To the person the mail was sent
// to, or their delegate, it shows the request as it is now; to everyone else
// that the mail was not theirs. Where the flow waives the sign-in, it shows the
// request to whoever holds the link, while that is good.
//
// POST decides the version that was shown, once, by the same rules as
// everywhere. What is unknown, malformed or forgotten gets one and the same
// answer.
//
// The function is the portal's public client at the issuer (code flow with
// PKCE). A sign-in on its way is in a cookie of its own browser. The session is
// the ID token itself, in a cookie, verified at each call and taken for ten
// minutes, or until they sign out: so there is no key to keep. Nobody is bound here
// at their first sign-in, as that would let this public function write the
// directory; they are sent to the portal once.
//
// Tokens stand in paths, so neither paths nor bodies are logged. The package
// decides nothing.
package links
