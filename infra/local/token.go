package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
)

// printToken prints a bearer token of a demo person, and nothing else. Inside
// exec it is one of exec's stack.
func printToken(ctx context.Context, p places, email string) error {
	s, err := readStack(cmp.Or(os.Getenv("LATCHKEY_STACK"), p.stackFile()))
	if err != nil {
		return err
	}
	for _, person := range s.People {
		if person.Email != email {
			continue
		}
		token, err := signIn(ctx, s, person)
		if err != nil {
			return err
		}
		fmt.Println(token)
		return nil
	}
	return fmt.Errorf("%s is not one of the demo people", email)
}
