package app_test

import (
	"context"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

const acme = "T0ACME"

// slack stands where people sign in with Slack: whoever comes back with a code
// is the user that the test put there.
type slack struct {
	company
	state, nonce string
	claims       app.SlackClaims
	member       app.SlackMember
	err          error
}

func (s *slack) Page(_ context.Context, settings access.Settings, state, nonce string) (string, error) {
	s.state, s.nonce = state, nonce
	return "https://slack.com/openid/connect/authorize?team=" + settings.SlackTeamID, s.err
}

func (s *slack) Claims(_ context.Context, _ access.Settings, code, nonce string) (app.SlackClaims, error) {
	if code != "code" || nonce != s.nonce {
		return app.SlackClaims{}, app.ErrSlackSignIn
	}
	return s.claims, s.err
}

func (s *slack) Member(_ context.Context, user app.SlackUser) (app.SlackMember, error) {
	if user.ID != s.member.User.ID {
		return app.SlackMember{}, app.ErrSlackStranger
	}
	return s.member, nil
}

// withSlack is a company whose admin has set Slack up.
func withSlack(t *testing.T) *slack {
	s := &slack{company: newCompany(t)}
	s.SlackSignIn = s
	s.setUp(acme)
	return s
}

func (s *slack) setUp(team string) {
	s.Helper()
	before, err := s.Catalog.Settings(s.Context())
	s.Must(err)
	settings := before.Doc
	settings.SlackTeamID, settings.SlackClientID = team, "111.222"
	if team == "" {
		settings.SlackClientID = ""
	}
	_, err = s.PutSettings(s.Context(), s.SignsIn("eli"), settings, app.Condition{Version: before.Version, New: before.Version == 0})
	s.Must(err)
}

// is lets the next one who signs in be this Slack user.
func (s *slack) is(user, email string) app.SlackUser {
	u := app.SlackUser{Team: acme, ID: user}
	s.claims = app.SlackClaims{User: u, Workspace: "Acme", Email: email, EmailVerified: true}
	s.member = app.SlackMember{User: u, Name: user}
	return u
}

func (s *slack) connect(name string) error {
	caller := s.SignsIn(name)
	if _, err := s.BeginSlackLink(s.Context(), caller); err != nil {
		return err
	}
	_, err := s.FinishSlackLink(s.Context(), caller, "code", s.state)
	return err
}

// connected is who signed in with Slack as themselves.
func (s *slack) connected(name string) app.SlackUser {
	s.Helper()
	user := s.is("U0"+name, name+"@example.com")
	s.Must(s.connect(name))
	return user
}

func (s *slack) acts(user app.SlackUser, want access.PersonID) {
	s.Helper()
	caller, err := s.SlackCaller(s.Context(), user)
	s.Must(err)
	if caller.Person.ID != want || caller.Via != access.ViaSlack || len(caller.Principals) == 0 {
		s.Errorf("%+v acts, want %s through Slack", caller, want)
	}
}

func (s *slack) cannotAct(user app.SlackUser, want access.Code) {
	s.Helper()
	_, err := s.SlackCaller(s.Context(), user)
	s.refuses(err, want)
}

func (c company) refuses(err error, want access.Code) {
	c.Helper()
	if access.CodeOf(err) != want {
		c.Errorf("the answer is %v, want %s", err, want)
	}
}

func TestWhoIsConnectedActsFromSlack(t *testing.T) {
	s := withSlack(t)
	user := s.is("U0ANA", "Ana@Example.com") // Slack writes emails as it likes
	s.cannotAct(user, access.CodeNotLinked)
	s.Must(s.connect("ana"))
	s.acts(user, "ana")
	s.cannotAct(app.SlackUser{Team: acme, ID: "U0BEN"}, access.CodeNotLinked)
	s.cannotAct(app.SlackUser{Team: "T0OTHER", ID: user.ID}, access.CodeWrongWorkspace)

	first, err := s.SlackLink(t.Context(), s.SignsIn("ana"))
	s.Must(err)
	s.Must(s.connect("ana"))
	again, err := s.SlackLink(t.Context(), s.SignsIn("ana"))
	s.Must(err)
	if again != first || first.Doc.Name != "U0ANA" || first.Doc.Workspace != "Acme" || !first.Doc.At.Equal(s.At) {
		t.Errorf("connected as %+v, then as %+v", first, again)
	}
	s.Must(s.EndSlackLink(t.Context(), s.SignsIn("ana"), app.Condition{}))
	s.Must(s.EndSlackLink(t.Context(), s.SignsIn("ana"), app.Condition{}))
	s.cannotAct(user, access.CodeNotLinked)
	s.verifies("ana", app.EventCreated, app.EventDeleted)
}

func (s *slack) verifies(who access.PersonID, want ...access.EventType) {
	s.Helper()
	events, err := s.Directory.Events(s.Context(), "slack_link:"+string(who), 0, 100)
	s.Must(err)
	s.Must(access.Verify(events))
	var got []access.EventType
	for _, sealed := range events {
		e, err := sealed.Open()
		s.Must(err)
		got = append(got, e.Type)
	}
	if len(got) != len(want) {
		s.Fatalf("what happened to the link of %s: %v, want %v", who, got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			s.Errorf("what happened to the link of %s: %v, want %v", who, got, want)
		}
	}
}

func TestASignInWithSlackIsGoodOnceForWhoBeganItAndForTenMinutes(t *testing.T) {
	s := withSlack(t)
	ana, ben := s.SignsIn("ana"), s.SignsIn("ben")
	s.is("U0ANA", "ana@example.com")
	finish := func(c app.Caller, code string) error {
		_, err := s.FinishSlackLink(t.Context(), c, code, s.state)
		return err
	}
	page, err := s.BeginSlackLink(t.Context(), ana)
	s.Must(err)
	if !page.Expires.Equal(s.At.Truncate(time.Second).Add(10 * time.Minute)) {
		t.Errorf("the page is %+v", page)
	}
	s.refuses(finish(ben, "code"), access.CodeLinkExpired)
	s.Must(finish(ana, "code"))
	s.refuses(finish(ana, "code"), access.CodeLinkExpired)

	s.Must(s.EndSlackLink(t.Context(), ana, app.Condition{}))
	_, err = s.BeginSlackLink(t.Context(), ana)
	s.Must(err)
	s.refuses(finish(ana, "another code"), access.CodeLinkExpired)
	s.refuses(finish(ana, "code"), access.CodeLinkExpired) // the state was used for the other

	_, err = s.BeginSlackLink(t.Context(), ana)
	s.Must(err)
	s.At = s.At.Add(10 * time.Minute)
	s.refuses(finish(ana, "code"), access.CodeLinkExpired)
	s.verifies("ana", app.EventCreated, app.EventDeleted)
}

func TestOnlyAMemberWithThePersonsEmailIsConnected(t *testing.T) {
	s := withSlack(t)
	for want, change := range map[access.Code]func(){
		access.CodeEmailMismatch:    func() { s.claims.Email = "ben@example.com" },
		access.CodeWrongWorkspace:   func() { s.claims.User.Team = "T0OTHER" },
		access.CodeGuest:            func() { s.member.Guest = true },
		access.CodeSlackUserRefused: func() { s.member.Bot = true },
		access.CodeSlackUnavailable: func() { s.err = &app.Unavailable{Code: "timeout"} },
		access.CodeSlackNotSetUp:    func() { s.err = app.ErrSlackNotSetUp },
	} {
		s.is("U0ANA", "ana@example.com")
		change()
		s.refuses(s.connect("ana"), want)
		s.err = nil
	}
	for why, change := range map[string]func(){
		"unverified":  func() { s.claims.EmailVerified = false },
		"no email":    func() { s.claims.Email = "" },
		"deactivated": func() { s.member.Deleted = true },
		"stranger":    func() { s.member.Stranger = true },
		"elsewhere":   func() { s.member.User.Team = "T0OTHER" },
		"unknown":     func() { s.member.User.ID = "U0ELSE" },
	} {
		s.is("U0ANA", "ana@example.com")
		change()
		if err := s.connect("ana"); access.CodeOf(err) == "" {
			t.Errorf("%s: connected, or %v", why, err)
		}
	}
	s.verifies("ana")
}

func TestASlackUserIsOnePersons(t *testing.T) {
	s := withSlack(t)
	user := s.connected("ana")
	s.SignsIn("ben")
	// Ana's address becomes Ben's, and so does what Slack says of it.
	s.person("ana", func(p *app.Person) { p.Email = "anna@example.com" })
	s.person("ben", func(p *app.Person) { p.Email = "ana@example.com" })
	s.refuses(s.connect("ben"), access.CodeSlackUserTaken)
	s.acts(user, "ana")
}

func TestWhoIsSuspendedOrDeletedLosesTheirLinkForGood(t *testing.T) {
	s := withSlack(t)
	user := s.connected("ana")
	s.person("ana", suspended)
	s.cannotAct(user, access.CodeNotLinked)
	s.person("ana", active)
	s.cannotAct(user, access.CodeNotLinked)
	s.verifies("ana", app.EventCreated, app.EventDeleted)

	user = s.connected("dan")
	dan, err := s.Directory.Person(t.Context(), "dan")
	s.Must(err)
	s.Must(s.DeletePerson(t.Context(), s.SignsIn("eli"), "dan", app.Condition{Version: dan.Version}))
	s.cannotAct(user, access.CodeNotLinked)
	s.person("dan", active)
	s.cannotAct(user, access.CodeNotLinked)
}

func TestALinkThatIsMadeDuringASuspensionDoesNotOutliveIt(t *testing.T) {
	s := withSlack(t)
	user := s.is("U0ANA", "ana@example.com")
	s.SignsIn("ana")
	meanwhile := &linkMeanwhile{SlackLinks: s.SlackLinks, link: func() { s.Must(s.connect("ana")) }}
	b := s.App
	b.SlackLinks = meanwhile
	ana, err := s.Directory.Person(t.Context(), "ana")
	s.Must(err)
	p := ana.Doc
	p.Status = app.PersonSuspended
	_, err = b.PutPerson(t.Context(), s.SignsIn("eli"), p, app.Condition{Version: ana.Version})
	s.Must(err)
	s.cannotAct(user, access.CodeNotLinked)
	s.verifies("ana", app.EventCreated, app.EventDeleted)
}

// linkMeanwhile lets a link be made just before the first dismissal.
type linkMeanwhile struct {
	app.SlackLinks
	link func()
}

func (l *linkMeanwhile) DismissPerson(ctx context.Context, e app.Edit[app.Person], link app.Edit[app.SlackLink]) error {
	if l.link != nil {
		l.link()
		l.link = nil
	}
	return l.SlackLinks.DismissPerson(ctx, e, link)
}

func TestALinkCountsInTheConfiguredWorkspaceAlone(t *testing.T) {
	s := withSlack(t)
	user := s.connected("ana")
	s.setUp("T0NEW")
	s.cannotAct(user, access.CodeWrongWorkspace)
	link, err := s.SlackLink(t.Context(), s.SignsIn("ana"))
	s.Must(err)
	if link.Exists() {
		t.Errorf("connected to a workspace that does not count: %+v", link)
	}
	s.setUp("")
	s.cannotAct(user, access.CodeSlackNotSetUp)
	_, err = s.SlackLink(t.Context(), s.SignsIn("ana"))
	s.refuses(err, access.CodeSlackNotSetUp)
	_, err = s.BeginSlackLink(t.Context(), s.SignsIn("ana"))
	s.refuses(err, access.CodeSlackNotSetUp)
	s.setUp(acme)
	s.acts(user, "ana")
}

func TestWhoReadAnotherLinkDisconnectsNothing(t *testing.T) {
	s := withSlack(t)
	user := s.connected("ana")
	s.refuses(s.EndSlackLink(t.Context(), s.SignsIn("ana"), app.Condition{Version: 7}), access.CodeVersionMismatch)
	s.acts(user, "ana")
	s.Must(s.EndSlackLink(t.Context(), s.SignsIn("ana"), app.Condition{Version: 1}))
	s.cannotAct(user, access.CodeNotLinked)
}
