package app

import (
	"context"
	"errors"
	"strings"
)

// FindPeople finds the active person who has an email, for anyone who has signed
// in: there is one or none. Whoever is suspended cannot be told from who is unknown.
func (a *App) FindPeople(ctx context.Context, email string) ([]Person, error) {
	id, err := a.Directory.PersonByEmail(ctx, email)
	if errors.Is(err, ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	person, err := a.Directory.Person(ctx, id)
	if err != nil || !person.Doc.Active() || !strings.EqualFold(person.Doc.Email, email) {
		return nil, err
	}
	return []Person{person.Doc}, nil
}
