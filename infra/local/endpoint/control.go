package endpoint

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
)

// Control tells and changes how the endpoint is. path is that of a target.
//
//	GET /calls?path=/warehouse       what came, as a list of Call
//	GET /holders?path=/warehouse     the ids of those who have access
//	PUT /troubles?path=/warehouse    a list of Trouble; an empty one ends all trouble
//
// Anyone who can reach it may use it, so it is served on loopback alone.
func (e *Endpoint) Control() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /calls", func(w http.ResponseWriter, r *http.Request) {
		tell(w, e.Calls(r.FormValue("path")))
	})
	mux.HandleFunc("GET /holders", func(w http.ResponseWriter, r *http.Request) {
		tell(w, e.Holders(r.FormValue("path")))
	})
	mux.HandleFunc("PUT /troubles", func(w http.ResponseWriter, r *http.Request) {
		var list []Trouble
		decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxMessage))
		decoder.DisallowUnknownFields()
		err := decoder.Decode(&list)
		for _, t := range list {
			if err == nil {
				err = t.check()
			}
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		e.Meet(r.FormValue("path"), list...)
		w.WriteHeader(http.StatusNoContent)
	})
	return mux
}

func tell[T any](w http.ResponseWriter, list []T) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(append([]T{}, list...)) // [] where there is nothing
}

// Calls lists what came to a path, the oldest first.
func (e *Endpoint) Calls(path string) []Call {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.at(path).calls)
}

// Holders lists who has access at a path.
func (e *Endpoint) Holders(path string) []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Sorted(maps.Keys(e.at(path).given))
}

// Meet lets the calls of a path meet trouble from now on, in this order.
func (e *Endpoint) Meet(path string, troubles ...Trouble) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.at(path).troubles = slices.Clone(troubles)
}
