package mail_test

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/sesv2"
	"github.com/aws/aws-sdk-go-v2/service/sesv2/types"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/mail"
)

// ses is an SES that enforces the limits of the real one.
type ses struct {
	t      *testing.T
	answer error
	sent   []*sesv2.SendEmailInput
}

// https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MessageHeader.html
var (
	headerName  = regexp.MustCompile(`^[!-9;-@A-~]{1,126}$`)
	headerValue = regexp.MustCompile(`^[ -~]{1,870}$`)
)

func (s *ses) SendEmail(_ context.Context, in *sesv2.SendEmailInput, _ ...func(*sesv2.Options)) (*sesv2.SendEmailOutput, error) {
	if s.answer != nil {
		return nil, &smithy.OperationError{ServiceID: "SESv2", OperationName: "SendEmail", Err: s.answer}
	}
	m := in.Content.Simple
	seen := map[string]bool{}
	for _, h := range m.Headers {
		if !headerName.MatchString(*h.Name) || !headerValue.MatchString(*h.Value) || seen[*h.Name] {
			s.t.Errorf("SES would refuse the header %q: %q", *h.Name, *h.Value)
		}
		seen[*h.Name] = true
	}
	for _, c := range []*types.Content{m.Subject, m.Body.Text, m.Body.Html} {
		if *c.Charset != "UTF-8" || *c.Data == "" {
			s.t.Errorf("content %q in %q", *c.Data, *c.Charset)
		}
	}
	if strings.ContainsAny(*m.Subject.Data, "\r\n") || len(in.Destination.ToAddresses) != 1 {
		s.t.Errorf("SES would refuse the subject %q to %d", *m.Subject.Data, len(in.Destination.ToAddresses))
	}
	s.sent = append(s.sent, in)
	return &sesv2.SendEmailOutput{}, nil
}

func mailer(t *testing.T, s *ses) *mail.Mailer {
	t.Helper()
	m, err := mail.New(s.SendEmail, mail.Config{Sender: "latchkey@example.com", PortalURL: "https://access.example.com/"})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func letter(kind access.NoticeKind, seq int) app.Letter {
	return app.Letter{Kind: kind, To: app.Person{ID: "ben", Email: "ben@example.com"},
		Request: access.Request{ID: "req_1", Requester: "ana", Resource: "staging", Status: access.Pending},
		Event:   access.Event{Seq: seq, Status: access.Pending}}
}

func TestTheLettersOfARequestFormOneThread(t *testing.T) {
	s := &ses{t: t}
	m := mailer(t, s)
	for seq, kind := range []access.NoticeKind{access.NoticeToDecide, access.NoticeAnswered} {
		if err := m.Send(context.Background(), letter(kind, seq+1)); err != nil {
			t.Fatal(err)
		}
	}
	for _, in := range s.sent {
		got := map[string]string{}
		for _, h := range in.Content.Simple.Headers {
			got[*h.Name] = *h.Value
		}
		for name, want := range map[string]string{
			"References": "<req_1@example.com>", "In-Reply-To": "<req_1@example.com>",
			"List-Id": "Latchkey <latchkey.example.com>", "Auto-Submitted": "auto-generated",
		} {
			if got[name] != want {
				t.Errorf("%s is %q, want %q", name, got[name], want)
			}
		}
		if *in.FromEmailAddress != `"Latchkey" <latchkey@example.com>` || in.Destination.ToAddresses[0] != "ben@example.com" {
			t.Errorf("from %s to %v", *in.FromEmailAddress, in.Destination.ToAddresses)
		}
	}
}

func TestWhatSESWillNeverTakeIsARefusalWithAStableCode(t *testing.T) {
	for code, answer := range map[string]error{
		"message_rejected":    &types.MessageRejected{},
		"sender_not_verified": &types.MailFromDomainNotVerifiedException{},
		"account_suspended":   &types.AccountSuspendedException{},
		"bad_request":         &types.BadRequestException{},
	} {
		err := mailer(t, &ses{t: t, answer: answer}).Send(context.Background(), letter(access.NoticeToDecide, 1))
		if refusal, ok := errors.AsType[*app.Refusal](err); !ok || refusal.Code != code {
			t.Errorf("%T became %v, want a refusal %q", answer, err, code)
		}
	}
}

func TestAPersonWithoutAnAddressIsRefusedBeforeSESIsAsked(t *testing.T) {
	s := &ses{t: t}
	l := letter(access.NoticeToDecide, 1)
	l.To.Email = ""
	err := mailer(t, s).Send(context.Background(), l)
	if refusal, ok := errors.AsType[*app.Refusal](err); !ok || refusal.Code != "no_address" || len(s.sent) > 0 {
		t.Errorf("error %v, %d sent", err, len(s.sent))
	}
}

func TestWhatMayPassIsAnErrorThatNamesNoAddress(t *testing.T) {
	said := "Maximum sending rate exceeded for ben@example.com"
	for _, answer := range []error{
		&types.TooManyRequestsException{Message: &said}, &types.LimitExceededException{Message: &said},
		&types.SendingPausedException{Message: &said},
		&smithy.GenericAPIError{Code: "ThrottlingException", Message: said},
		&smithy.GenericAPIError{Code: "InternalFailure", Message: said, Fault: smithy.FaultServer},
		&smithyhttp.ResponseError{Response: &smithyhttp.Response{Response: &http.Response{StatusCode: 503}}, Err: errors.New(said)},
		context.DeadlineExceeded, errors.New("dial tcp: " + said),
	} {
		err := mailer(t, &ses{t: t, answer: answer}).Send(context.Background(), letter(access.NoticeToDecide, 1))
		if _, final := errors.AsType[*app.Refusal](err); err == nil || final {
			t.Errorf("%v became %v, want an error that passes", answer, err)
			continue
		}
		if strings.Contains(err.Error(), "@") || !errors.Is(err, answer) {
			t.Errorf("%v became %v", answer, err)
		}
	}
}

func TestASenderOrPortalThatCannotWorkIsRefusedAtStart(t *testing.T) {
	for _, c := range []mail.Config{
		{Sender: "", PortalURL: "https://access.example.com"},
		{Sender: "nobody", PortalURL: "https://access.example.com"},
		{Sender: "latchkey@example.com\r\nBcc: x@example.com", PortalURL: "https://access.example.com"},
		{Sender: "latchkey@example.com", PortalURL: ""},
		{Sender: "latchkey@example.com", PortalURL: "access.example.com"},
		{Sender: "latchkey@example.com", PortalURL: "javascript:alert(1)"},
		{Sender: "latchkey@example.com", PortalURL: "https://u:p@access.example.com"},
	} {
		if _, err := mail.New((&ses{t: t}).SendEmail, c); err == nil {
			t.Errorf("%+v was accepted", c)
		}
	}
}

func TestANoticeThatHasNoLetterIsAnError(t *testing.T) {
	if err := mailer(t, &ses{t: t}).Send(context.Background(), letter("carrier_pigeon", 1)); err == nil {
		t.Error("it was sent")
	}
}

func TestWhatComesBackIsAskedForWhereThereIsAConfigurationSet(t *testing.T) {
	s := &ses{t: t}
	m, err := mail.New(s.SendEmail, mail.Config{Sender: "latchkey@example.com", PortalURL: "https://access.example.com", ConfigurationSet: "latchkey-mails"})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []*mail.Mailer{m, mailer(t, s)} {
		if err := m.Send(context.Background(), letter(access.NoticeToDecide, 1)); err != nil {
			t.Fatal(err)
		}
	}
	if set := s.sent[0].ConfigurationSetName; set == nil || *set != "latchkey-mails" || s.sent[1].ConfigurationSetName != nil {
		t.Errorf("sent with %v, without with %v", set, s.sent[1].ConfigurationSetName)
	}
}

func TestLettersAboutAPersonAreAThreadOfTheirOwn(t *testing.T) {
	s := &ses{t: t}
	l := app.Letter{Kind: access.NoticeUndeliverable, To: app.Person{ID: "eli", Email: "eli@example.com"}, About: app.Person{ID: "ben", Email: "ben@example.com"}}
	if err := mailer(t, s).Send(context.Background(), l); err != nil {
		t.Fatal(err)
	}
	for _, h := range s.sent[0].Content.Simple.Headers {
		if *h.Name == "References" && *h.Value != "<person-ben@example.com>" {
			t.Errorf("a thread %s", *h.Value)
		}
	}
}
