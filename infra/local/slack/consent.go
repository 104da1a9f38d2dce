package slack

import "net/http"

// consentPage asks someone whether they want to sign in to the app.
func (w *Workspace) consentPage(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	a, err := w.readAsk(r.URL.Query())
	if err != nil {
		w.sorry(rw, err)
		return
	}
	page := map[string]any{"App": w.config.App.Name, "Scopes": a.scopes, "People": w.members(), "As": "", "Problem": ""}
	if cookie, err := r.Cookie("person"); err == nil {
		page["As"] = cookie.Value
	}
	render(rw, http.StatusOK, "consent.html", page)
}

// members are the people to choose from, each with their workspace.
func (w *Workspace) members() []shownPerson {
	list := w.choosable()
	for i := range list {
		list[i].Kind = teamName
		if p := w.person(list[i].ID); p.TeamID != Team {
			list[i].Kind = "Partner"
		}
	}
	return list
}

// consentGiven sends who has answered back to the app.
func (w *Workspace) consentGiven(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	a, err := w.readAsk(r.URL.Query())
	if err != nil {
		w.sorry(rw, err)
		return
	}
	if r.PostFormValue("answer") != "accept" {
		http.Redirect(rw, r, back(a, "error", "access_denied"), http.StatusFound)
		return
	}
	to, err := w.accept(a, r.PostFormValue("user"))
	if err != nil {
		w.sorry(rw, err)
		return
	}
	http.Redirect(rw, r, to.Redirect, http.StatusFound)
}

func (w *Workspace) sorry(rw http.ResponseWriter, err error) {
	render(rw, http.StatusBadRequest, "consent.html", map[string]any{"Problem": err.Error()})
}
