package httpapi

import (
	"context"
	"net/http"

	"latchkey/functions/lib/app"
	"latchkey/functions/lib/httpapi/contract"
)

// FindPeople says who has an email, and nothing else about them.
func (s server) FindPeople(w http.ResponseWriter, r *http.Request, params contract.FindPeopleParams) {
	use(s, w, r, http.StatusOK, func(ctx context.Context, _ app.Caller) (page[contract.PersonRef], error) {
		people, err := s.app.FindPeople(ctx, params.Email)
		return pageOf(people, "", func(p app.Person) contract.PersonRef {
			return contract.PersonRef{Id: string(p.ID), Name: p.Name}
		}), err
	})
}
