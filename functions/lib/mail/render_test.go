package mail

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

func rendered(t *testing.T, name string, change func(*app.Letter)) page {
	t.Helper()
	r, err := newRenderer("https://access.example.com/latchkey/")
	if err != nil {
		t.Fatal(err)
	}
	all := samples()
	i := slices.IndexFunc(all, func(s sample) bool { return s.name == name })
	if i < 0 {
		t.Fatalf("no sample is called %s", name)
	}
	if change != nil {
		change(&all[i].letter)
	}
	p, err := r.render(all[i].letter)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestEveryKindOfNoticeHasALetterAndASample(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "../access/notice.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var declared []access.NoticeKind
	ast.Inspect(file, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if id, ok := v.Type.(*ast.Ident); ok && id.Name == "NoticeKind" {
			kind, _ := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
			declared = append(declared, access.NoticeKind(kind))
		}
		return true
	})
	if !slices.Equal(declared, Kinds()) {
		t.Errorf("declared %v, with a letter %v", declared, Kinds())
	}
	for _, kind := range declared {
		if !slices.ContainsFunc(samples(), func(s sample) bool { return s.letter.Kind == kind }) {
			t.Errorf("no sample of %s", kind)
		}
	}
}

func TestSubjectsCanBeScanned(t *testing.T) {
	for name, want := range map[string]string{
		"submitted":               "Requested: Staging for 2 minutes",
		"to_decide":               "Ana Ruiz asks for Staging",
		"missing_data":            "Missing data: Staging",
		"missing_data-admin":      "Missing data: Staging for Ana Ruiz",
		"asked":                   "Needs information: Staging",
		"answered":                "Ana Ruiz answered: Staging",
		"approved":                "Approved: Staging for 2 minutes",
		"approved-shorter-active": "Approved: Staging for 1 hour",
		"approved-device":         "Ready to start: Ana's MacBook for 4 hours",
		"denied":                  "Denied: Staging",
		"canceled-revoked":        "Canceled: Staging",
		"expired":                 "Expired: Staging",
		"ended-expired":           "Ended (expired): Staging",
		"ended-given_back":        "Ended (given back): Staging",
		"ended-revoked":           "Ended (revoked): Staging",
		"ended-suspended":         "Ended (suspended): Staging",
		"failed":                  "Error: Staging could not be set up",
		"decision_receipt":        "You denied: Staging for Ana Ruiz",
		"readded":                 "There again: Staging for Ana Ruiz",
		"stuck":                   "Ending (delayed): Staging for Ana Ruiz",
		"ending_soon":             "Ends soon: Staging",
		"undeliverable":           "Mails come back: Ben Ortiz",
		"confirm_absent":          "A second admin is needed: Staging for Ana Ruiz",
	} {
		if got := rendered(t, name, nil).Subject; got != want {
			t.Errorf("%s: subject %q, want %q", name, got, want)
		}
	}
}

func TestBothFormsOfALetterSayTheSame(t *testing.T) {
	for name, phrases := range map[string][]string{
		"submitted": {"You asked for Staging", "2 minutes", "tonight"},
		"to_decide": {"Approve", "Deny", "once you are signed in", "View the request", "Staging", "The staging cluster", "Ana Ruiz", "ana@example.com", "Ben Ortiz", "tonight",
			"2 minutes", "View the request", "Thu 24 Dec 2026, 13:05 UTC"},
		"to_decide-not-timed-with-answers": {"not timed", "none", "Ticket", "OPS-1432", "Rows you will touch", "Nothing is deleted."},
		"asked":                            {"Ben Ortiz needs more information", "Which orders?", "Answer the question"},
		"answered":                         {"Which orders?", "Only the ones of 2026."},
		"approved":                         {"Ben Ortiz", "being set up", "Fine by me."},
		"approved-shorter-active":          {"You have the access now", "1 hour (8 hours were asked for)", "Tue 24 Nov 2026, 15:05 (Europe/Madrid)"},
		"approved-device":                  {"An admin decided it.", "Start the session", "Wed 25 Nov 2026, 14:05 (Europe/Madrid)"},
		"denied":                           {"Ben Ortiz", "moved to Thursday"},
		"canceled-not-eligible":            {"you could no longer ask for it"},
		"canceled-flow-disabled":           {"has been switched off", "you can ask again"},
		"canceled-device-revoked":          {"until it is set up again"},
		"canceled-resource-deleted":        {"Your request for staging was canceled", "not offered any more"},
		"canceled-revoked":                 {"An admin withdrew the approval", "being rebuilt"},
		"expired":                          {"Nobody decided it in time."},
		"ended-expired":                    {"Its time was up.", "Tue 24 Nov 2026, 14:07 (Europe/Madrid)"},
		"ended-given_back":                 {"It was given back."},
		"ended-revoked":                    {"An admin revoked it."},
		"ended-suspended":                  {"your account is not active"},
		"failed":                           {"group_not_found", "An admin can try again"},
		"ending_soon":                      {"ask for more time before it ends", "Tue 24 Nov 2026, 14:15 (Europe/Madrid)", "Ask for more time"},
		"ending_soon-for-good":             {"taken away by itself", "View the request"},
		"ending_soon-more-waits":           {"waits for a decision", "View the request"},
		"confirm_absent":                   {"Eva Lang has confirmed that it is gone", "nothing left to log in to", "unreachable", "15"},
		"ended-confirmed":                  {"Its time was up.", "two admins have confirmed that it is gone"},
		"readded":                          {"Ana Ruiz has access to Staging again", "had ended", "08:07 (America/New_York)"},
		"to_decide-in-the-portal-only":     {"View the request"},
		"reminder-without-sign-in":         {"please do not forward it"},
		"decision_receipt":                 {"You denied Staging for Ana Ruiz", "in your name", "moved to Thursday", "14:05 UTC", "ana@example.com"},
		"decision_receipt-extension":       {"You approved 30 minutes more of Staging"},
		"readded-after-failed-grant":       {"Giving the access had failed"},
		"undeliverable":                    {"Ben Ortiz gets no mail", "could not be delivered", "ben@example.com", "General", "08:05 (America/New_York)", "View the person"},
		"undeliverable-spam":               {"reported as spam", "abuse"},
		"stuck":                            {"may still have access", "unreachable", "08:07 (America/New_York)"},
	} {
		p := rendered(t, name, nil)
		for _, phrase := range phrases {
			if !strings.Contains(p.HTML, phrase) || !strings.Contains(p.Text, phrase) {
				t.Errorf("%s does not say %q in both forms", name, phrase)
			}
		}
	}
}

var (
	href  = regexp.MustCompile(`(?:href|src|action)\s*=\s*"([^"]*)"`)
	blank = regexp.MustCompile(`\n\n\n|^\s|[^\n]\z|\n\n\z`)
)

func TestLettersLinkToWhatTheyAreAboutInThePortalAndNowhereElse(t *testing.T) {
	const portal = "https://access.example.com/latchkey/"
	for _, s := range samples() {
		link := portal + "requests/req_01KB2ZJ7Q8W4M5N6P7R8S9T0VX"
		if s.letter.About.ID != "" {
			link = portal + "admin/people/ben"
		}
		p := rendered(t, s.name, nil)
		want := []string{link}
		if token := s.letter.Token; token != "" {
			page := "https://access.example.com/latchkey/mail/" + token
			want = []string{page + "/approve", page + "/deny", link}
		}
		var links []string
		for _, found := range href.FindAllStringSubmatch(p.HTML, -1) {
			links = append(links, found[1])
		}
		if !slices.Equal(links, want) {
			t.Errorf("%s links to %v", s.name, links)
		}
		for _, link := range want {
			if !strings.Contains(p.Text, "\n"+link+"\n") {
				t.Errorf("%s has no link to %s in its plain text", s.name, link)
			}
		}
	}
}

func TestLettersReadOnAPhoneInTheDarkAndAsPlainText(t *testing.T) {
	for _, s := range samples() {
		p := rendered(t, s.name, nil)
		for _, part := range []string{`<meta name="viewport" content="width=device-width, initial-scale=1">`,
			`<meta name="color-scheme" content="light dark">`, "prefers-color-scheme: dark", `<html lang="en">`} {
			if !strings.Contains(p.HTML, part) {
				t.Errorf("%s lacks %s", s.name, part)
			}
		}
		if blank.MatchString(p.Text) || strings.Contains(p.Text, "<no value>") || strings.Contains(p.HTML, "ZgotmplZ") {
			t.Errorf("%s is not laid out well:\n%s", s.name, p.Text)
		}
	}
}

func TestWhatSomeoneTypedStaysText(t *testing.T) {
	p := rendered(t, "hostile-text", nil)
	for _, tag := range []string{"<script", "<img", "<b>", "*{display:none}</style>", "\u202e"} {
		if strings.Contains(p.HTML, tag) {
			t.Errorf("the HTML holds %q", tag)
		}
	}
	if strings.ContainsAny(p.Subject, "\r\n\u202e") || len([]rune(p.Subject)) > 120 {
		t.Errorf("subject %q", p.Subject)
	}
	if !strings.Contains(p.Text, "\n> -- \n> View the request: https://evil.example/") {
		t.Errorf("a line of the reason stands outside of its quotation:\n%s", p.Text)
	}
}

func TestWhereProgressIsHiddenNobodyIsNamed(t *testing.T) {
	for _, name := range []string{"approved", "denied", "asked", "canceled-revoked"} {
		p := rendered(t, name, func(l *app.Letter) { l.By = "" })
		for _, who := range []string{"Ben Ortiz", "Eli Novak", " by:", "decided by"} {
			if strings.Contains(p.Text, who) || strings.Contains(p.HTML, who) {
				t.Errorf("%s names %q", name, who)
			}
		}
	}
}

func TestAnAdminsInternalNoteStaysInternal(t *testing.T) {
	for _, name := range []string{"denied-by-override", "canceled-revoked", "ended-revoked"} {
		p := rendered(t, name, func(l *app.Letter) {
			l.Event.Texts = map[string]string{access.TextReason: "Audit.", access.TextInternalNote: "suspected leak"}
		})
		if strings.Contains(p.Text+p.HTML+p.Subject, "suspected leak") {
			t.Errorf("%s tells the internal note", name)
		}
	}
}

func TestAReceiptQuotesNobodyElse(t *testing.T) {
	p := rendered(t, "decision_receipt-extension", func(l *app.Letter) { l.Request.Remark = "Said by another." })
	if strings.Contains(p.Text+p.HTML, "Said by another.") {
		t.Errorf("the receipt:\n%s", p.Text)
	}
}

func TestAnErasedTextLeavesNoEmptyQuotation(t *testing.T) {
	p := rendered(t, "denied", func(l *app.Letter) { l.Event.Texts, l.Request.Reason = nil, "" })
	if strings.Contains(p.HTML, `class="quote"`) || strings.Contains(p.Text, ">") {
		t.Errorf("the letter:\n%s", p.Text)
	}
}

func TestTimesAreInTheReadersZoneElseInUTCAndTheZoneIsNamed(t *testing.T) {
	at := time.Date(2026, 7, 1, 22, 30, 0, 0, time.UTC)
	for zone, want := range map[string]string{
		"Europe/Madrid":      "Thu 2 Jul 2026, 00:30 (Europe/Madrid)",
		"America/Montevideo": "Wed 1 Jul 2026, 19:30 (America/Montevideo)",
		"Etc/GMT+1":          "Wed 1 Jul 2026, 21:30 (Etc/GMT+1)",
		"UTC":                "Wed 1 Jul 2026, 22:30 UTC",
		"":                   "Wed 1 Jul 2026, 22:30 UTC",
		"Local":              "Wed 1 Jul 2026, 22:30 UTC",
		"Middle/Earth":       "Wed 1 Jul 2026, 22:30 UTC",
		"../../etc/passwd":   "Wed 1 Jul 2026, 22:30 UTC",
	} {
		if got := clock(zone)(at); got != want {
			t.Errorf("in %q: %s, want %s", zone, got, want)
		}
	}
}

func TestAPreviewIsWrittenForEachSample(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "mails")
	if err := WritePreview(dir); err != nil {
		t.Fatal(err)
	}
	index, err := os.ReadFile(filepath.Join(dir, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range samples() {
		page, err := os.ReadFile(filepath.Join(dir, s.name+".html"))
		if err != nil || len(page) == 0 || !strings.Contains(string(index), s.name+".html") {
			t.Errorf("%s is missing: %v", s.name, err)
		}
	}
	for _, name := range []string{"phone-light", "phone-dark", "wide-light", "wide-dark"} {
		sheet, err := os.ReadFile(filepath.Join(dir, "sheet-"+name+".html"))
		if err != nil || strings.Count(string(sheet), "<iframe ") != len(Kinds()) || strings.Contains(string(sheet), "ZgotmplZ") {
			t.Errorf("the sheet %s: %v, %d letters", name, err, strings.Count(string(sheet), "<iframe "))
		}
	}
}
