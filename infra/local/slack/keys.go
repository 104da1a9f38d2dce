package slack

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"net/http"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

// keys sign the ID tokens of Sign in with Slack.
type keys struct {
	signer jose.Signer
	public jose.JSONWebKeySet
}

func newKeys() (keys, error) {
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return keys{}, err
	}
	key := jose.JSONWebKey{Key: private, KeyID: rand.Text(), Algorithm: string(jose.RS256), Use: "sig"}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: key}, (&jose.SignerOptions{}).WithType("JWT"))
	return keys{signer: signer, public: jose.JSONWebKeySet{Keys: []jose.JSONWebKey{key.Public()}}}, err
}

func (k keys) sign(claims map[string]any) (string, error) {
	return jwt.Signed(k.signer).Claims(claims).Serialize()
}

func (w *Workspace) serveKeys(rw http.ResponseWriter, _ *http.Request) {
	k, err := w.keys()
	if err != nil {
		http.Error(rw, err.Error(), http.StatusInternalServerError)
		return
	}
	rw.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(rw).Encode(k.public)
}
