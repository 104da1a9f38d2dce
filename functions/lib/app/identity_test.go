package app_test

import (
	"testing"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

func TestWhatMayBindNobodySignsInWhoIsBound(t *testing.T) {
	c := newCompany(t)
	c.SignsIn("ana")
	b := c.App
	b.Identity = app.Identity{KnownOnly: true, FirstAdminEmail: "ben@example.com"}
	signsIn := func(name string) error {
		_, err := b.SignIn(t.Context(), app.Claims{Issuer: "https://issuer.example.com", Subject: name, TokenUse: "id",
			Email: name + "@example.com", EmailVerified: true}, access.ViaPortal)
		return err
	}
	c.Must(signsIn("ana"))
	c.refuses(signsIn("ben"), access.CodeNotRegistered)
	ben, err := c.Directory.Person(t.Context(), "ben")
	c.Must(err)
	if ben.Doc.Subject != "" {
		t.Error("bound all the same")
	}
	c.SignsIn("ben")
	c.Must(signsIn("ben"))
}
