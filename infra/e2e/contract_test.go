package e2e

import (
	"bytes"
	"net/http"
	"os"
	"strings"
	"testing"
)

// TestTheContractIsServedToAnyone, without a token, as it stands in the
// repository.
func TestTheContractIsServedToAnyone(t *testing.T) {
	t.Parallel()
	want, err := os.ReadFile(contractFile)
	if err != nil {
		t.Fatal(err)
	}
	const address = "/v1/openapi.yaml"
	anyone := running(t).nobody(t)
	a := anyone.get(address).said(http.StatusOK)
	if !bytes.Equal(a.body, want) {
		t.Errorf("%d bytes are served, %d stand in the repository", len(a.body), len(want))
	}
	if got := a.header.Get("Content-Type"); !strings.HasPrefix(got, "application/yaml") {
		t.Errorf("content type %q", got)
	}
	again := anyone.get(address, "If-None-Match", a.etag()).said(http.StatusNotModified)
	if len(again.body) != 0 || again.etag() != a.etag() {
		t.Errorf("304 with the tag %s and %d bytes", again.etag(), len(again.body))
	}
	anyone.get(address, "If-None-Match", `"another"`).said(http.StatusOK)
}
