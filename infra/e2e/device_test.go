package e2e

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"latchkey/functions/lib/httpapi/contract"
)

// agentProgram is the agent, built once for all stories.
var agentProgram = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "latchkey-agent-")
	if err != nil {
		return "", err
	}
	program := filepath.Join(folder, "agent")
	out, err := exec.Command("go", "build", "-o", program, "latchkey/infra/agent").CombinedOutput()
	if err != nil {
		os.Stderr.Write(out)
	}
	return program, err
})

// laptop is Ana's, with an agent that changes nothing.
type laptop struct {
	*stage
	device, folder string
	network        *httptest.Server // between the agent and the stack
	cut            atomic.Bool
}

// setLaptop prepares a story in which Ana may ask for rights on her laptop, and
// its agent runs.
func setLaptop(t *testing.T, duration, claimWithin contract.Duration) *laptop {
	t.Helper()
	s := emptyStage(t)
	s.ben = s.hire("ben", "")
	s.ana = s.hire("ana", s.ben.id)
	l := &laptop{stage: s, device: s.name("macbook"), folder: t.TempDir()}
	l.create("devices", l.device, contract.DeviceInput{Name: "Ana's MacBook", Accounts: []contract.Account{{Person: s.ana.id, Account: "ana"}}})
	l.create("resources", l.device, contract.ResourceInput{Kind: contract.ResourceKindDevice, Name: "Ana's MacBook",
		Connector: contract.Connector{Type: "device", Device: l.device}})
	l.create("flows", s.flow, contract.FlowInput{Name: "Laptop", Resources: []contract.Id{l.device},
		VisibleTo: []contract.Audience{"person:" + s.ana.id}, ClaimWithin: claimWithin,
		Duration: contract.DurationRule{Mode: contract.Fixed, Choices: []contract.Duration{duration}},
		Steps:    []contract.FlowStep{{Approvers: []contract.ApproverWord{"manager"}, Needed: contract.Needed{Count: 1}}}})
	l.connects()
	l.enrols()
	l.runs()
	return l
}

// connects the laptop to the stack, by a network that can be cut.
func (l *laptop) connects() {
	l.Helper()
	to, err := url.Parse(l.API)
	if err != nil {
		l.Fatal(err)
	}
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(to) }}
	l.network = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if l.cut.Load() {
			panic(http.ErrAbortHandler)
		}
		proxy.ServeHTTP(w, r)
	}))
	l.Cleanup(l.network.Close)
}

func (l *laptop) program(args ...string) *exec.Cmd {
	l.Helper()
	program, err := agentProgram()
	if err != nil {
		l.Fatal(err)
	}
	cmd := exec.Command(program, append(args, "-state", l.folder)...)
	cmd.Stderr = os.Stderr
	return cmd
}

func (l *laptop) enrols() {
	l.Helper()
	invitation := in[contract.Invitation](l.eli.post("/v1/admin/devices/"+l.device+"/enrolment", nil).said(http.StatusCreated))
	enrol := l.program("enrol", "-server", strings.Replace(l.network.URL, "127.0.0.1", "localhost", 1), "-device", l.device)
	enrol.Stdin = strings.NewReader(invitation.Token + "\n")
	if err := enrol.Run(); err != nil {
		l.Fatal(err)
	}
}

// runs starts the agent, in a rehearsal: it says what it would do.
func (l *laptop) runs() {
	l.Helper()
	agent := l.program("run")
	if err := agent.Start(); err != nil {
		l.Fatal(err)
	}
	l.Cleanup(func() {
		_ = agent.Process.Kill()
		_ = agent.Wait()
	})
}

// members are who would be in the laptop's sudo group, as the agent says.
func (l *laptop) members() string {
	text, err := l.program("status").Output()
	if err != nil {
		return "no status yet"
	}
	var status struct{ Rights map[string]int64 }
	if err := json.Unmarshal(text, &status); err != nil {
		return err.Error()
	}
	var names []string
	for name := range status.Rights {
		names = append(names, name)
	}
	return strings.Join(names, " ")
}

func (l *laptop) sudo(want string) {
	l.Helper()
	eventually(l.T, "the sudo group is "+want, l.members, func(got string) bool { return got == want })
}

// ready lets Ana ask and Ben approve.
func (l *laptop) ready() contract.Request {
	l.Helper()
	r := l.ana.asks(l.device)
	l.ben.approves(r.Id)
	r = l.ana.sees(r.Id, contract.StatusReady)
	l.sudo("")
	return r
}

func (l *laptop) started() contract.Request {
	l.Helper()
	r := l.ready()
	l.ana.post(of(r.Id)+"/start", nil).said(http.StatusOK)
	r = l.ana.sees(r.Id, contract.StatusActive)
	l.sudo("ana")
	return r
}

func TestASessionOnALaptop(t *testing.T) {
	t.Parallel()
	l := setLaptop(t, "PT1H", "P1D")
	r := l.started()
	if device := in[contract.Device](l.eli.get("/v1/admin/devices/" + l.device).said(http.StatusOK)); !device.Online || len(device.Rights) != 1 ||
		device.Rights[0].Person != l.ana.id || device.Enrolment != contract.DeviceEnrolmentEnrolled {
		t.Errorf("the device: %+v", device)
	}
	l.ana.givesBack(r.Id)
	l.ana.sees(r.Id, contract.StatusEnded)
	l.sudo("")
	if got := story(l.eli.history(of(r.Id))); got != "submitted decided started granting activated ending ended" {
		t.Errorf("history: %s", got)
	}
}

func TestASessionThatNobodyStartsExpires(t *testing.T) {
	t.Parallel()
	l := setLaptop(t, "PT1H", "PT30S")
	r := l.ready()
	l.ana.sees(r.Id, contract.StatusExpired)
	l.ana.post(of(r.Id)+"/start", nil).refused(http.StatusConflict, "not_allowed")
	l.sudo("")
}

// TestALaptopThatIsCutOff takes the rights at their time, and Latchkey says that
// it waits for the laptop until it is back.
func TestALaptopThatIsCutOff(t *testing.T) {
	t.Parallel()
	l := setLaptop(t, "PT45S", "P1D")
	r := l.started()
	l.cut.Store(true)
	l.sudo("")
	seen := eventually(t, "people see why it does not end", func() contract.Request { return l.ana.reads(r.Id) },
		func(r contract.Request) bool { return r.StatusText == "Ending (device offline)" })
	if !seen.EndedAt.IsZero() {
		t.Errorf("it has ended: %+v", seen)
	}
	l.cut.Store(false)
	l.ana.sees(r.Id, contract.StatusEnded)
}

func TestARevokedLaptopLosesItsRightsAtOnce(t *testing.T) {
	t.Parallel()
	l := setLaptop(t, "PT1H", "P1D")
	r := l.started()
	l.eli.call(http.MethodDelete, "/v1/admin/devices/"+l.device+"/enrolment", nil).said(http.StatusNoContent)
	l.sudo("")
	if got := l.ana.sees(r.Id, contract.StatusEnding); got.EndReason != contract.EndReasonRevoked {
		t.Errorf("it ends because it was %s", got.EndReason)
	}
}
