# The local stack, the tests, and how SAM builds the functions.

STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2

# go test, with the tests counted.
GOTESTSUM := go run gotest.tools/gotestsum@v1.13.0 --hide-summary skipped

# An absolute path, so that `down` knows the process of this clone from another's.
LOCAL    := $(CURDIR)/.local/bin/local
EMULATOR := .local/tools/emulator/bin
SAM      := .local/tools/sam/bin

# The tests are in an order: what is quick and most often wrong comes first.
.NOTPARALLEL:

# What was made halfway is not taken for made.
.DELETE_ON_ERROR:

# The portal's web app, what it is built into, and what npm writes when everything
# that it needs is installed.
WEB       := functions/portal/web
PAGE      := functions/portal/dist/index.html
INSTALLED := $(WEB)/node_modules/.package-lock.json

# The tests of the portal in a browser.
BROWSER   := infra/browser
TESTED_BY := $(BROWSER)/node_modules/.package-lock.json

# What one may ask of this file, with what stands above it.
.PHONY: help
help:
	@awk '/^#: / { said = substr($$0, 4); next } said && /^[a-z-]+:/ { sub(/:.*/, ""); printf "  make %-16s %s\n", $$0, said } { said = "" }' Makefile

# ---- The local stack

.PHONY: run dev down local

#: runs everything on this machine until Ctrl-C
run: local
	@exec '$(LOCAL)' run

#: the same, and replaces what is edited meanwhile
dev: local $(INSTALLED)
	@exec '$(LOCAL)' dev

#: ends what a killed run left
down: local
	@'$(LOCAL)' down

# Not `go run`, which neither passes SIGTERM on nor a command's exit code.
local:
	@go build -o '$(LOCAL)' ./infra/local

# ---- Tests

.PHONY: test setup check web unit template emulator end-to-end browser story generate

#: all tests, by the targets below; on a new machine it installs what it needs first
test: setup
	@'$(LOCAL)' test

setup: local
	@'$(LOCAL)' setup

#: gofmt, go vet, staticcheck
check:
	@echo '== gofmt, go vet, staticcheck'
	@unformatted=$$(find functions infra statemachines -name node_modules -prune -o -name '*.go' -exec gofmt -l {} +); \
	if [ -n "$$unformatted" ]; then echo "not formatted (gofmt -w):"; echo "$$unformatted"; exit 1; fi
	@go vet ./...
	@go run $(STATICCHECK) ./...

#: the web app's types, lint and tests
web: $(INSTALLED) $(TESTED_BY)
	@echo '== the web app and its tests: types, eslint, vitest'
	@npm --prefix $(WEB) run --silent check
	@npm --prefix $(WEB) --silent test
	@npm --prefix $(BROWSER) run --silent check

#: Go's tests, but for those that need a running stack
unit:
	@echo '== unit tests'
	@$(GOTESTSUM) -- $$(go list ./... | grep -v /infra/e2e)

#: sam validate, cfn-lint
template: setup
	@echo '== sam validate, cfn-lint'
	@AWS_DEFAULT_REGION=eu-west-1 SAM_CLI_TELEMETRY=0 $(SAM)/sam validate --lint
	@$(SAM)/cfn-lint template.yaml

#: tests of the emulator
emulator: setup
	@echo '== tests of the emulator'
	@PYTHONDONTWRITEBYTECODE=1 $(EMULATOR)/python -m pytest -q -p no:cacheprovider infra/local/emulator

# One stack for both, the browsers first: the stories of the others crowd it.
#: the stories on a running stack, in browsers and from outside
end-to-end: local $(TESTED_BY)
	@echo '== end-to-end tests, in browsers and from outside'
	@'$(LOCAL)' exec -- sh -c 'npm --prefix $(BROWSER) --silent test; browsers=$$?; $(GOTESTSUM) -- -count=1 -timeout 60m ./infra/e2e/... && exit $$browsers'

# What is tested and how many at once, as Playwright takes it:
# make browser ARGS='walk --workers 1'
#: the stories in browsers alone
browser: local $(TESTED_BY)
	@'$(LOCAL)' exec -- npm --prefix $(BROWSER) --silent test -- $(ARGS)

# One story from outside, or those whose names match, on the stack of make run.
#: NAME=TestADelegateDecides… plays one story from outside on the running stack
story:
	@LATCHKEY_STACK='$(CURDIR)/.local/stack.json' go test -count=1 -v -run '$(NAME)' ./infra/e2e

$(TESTED_BY): $(BROWSER)/package.json $(BROWSER)/package-lock.json
	npm --prefix $(BROWSER) ci --no-audit --no-fund

# ---- What is made from the contract

#: makes the code that comes from functions/api/openapi.yaml
generate: $(INSTALLED)
	go generate ./...
	npm --prefix $(WEB) run types

# ---- Pictures of the mails, for functions/lib/mail/README.md

CHROMIUM ?= chromium
PICTURES := functions/lib/mail/pictures

.PHONY: pictures

# Chromium needs --no-sandbox as root; it opens nothing but the files made here.
#: pictures of the mails, for functions/lib/mail/README.md
pictures: local
	@'$(LOCAL)' mails
	@mkdir -p $(PICTURES)
	@set -e; for sheet in phone-light phone-dark wide-light wide-dark; do \
		case $$sheet in phone-*) size=2624,4000 scale=0.75;; *) size=3264,4000 scale=0.6;; esac; \
		$(CHROMIUM) --headless --no-sandbox --hide-scrollbars --disable-lcd-text --virtual-time-budget=5000 \
			--window-size=$$size --force-device-scale-factor=$$scale \
			--screenshot='$(CURDIR)/$(PICTURES)/'$$sheet.png 'file://$(CURDIR)/.local/mails/sheet-'$$sheet.html 2>/dev/null; \
	done
	@'$(LOCAL)' shrink $(PICTURES)/*.png

# ---- Pictures of the portal, for README.md

SCENES := requests-wide requests-phone tasks-wide tasks-phone applications-wide applications-phone

.PHONY: portal-pictures

#: pictures of the portal, for README.md
portal-pictures: browser
	@mkdir -p functions/portal/pictures
	@for scene in $(SCENES); do cp .local/browser/pictures/$$scene.png functions/portal/pictures/; done
	@'$(LOCAL)' shrink functions/portal/pictures/*.png

# ---- Called by `sam build`, once for each function

# The functions' processor: the value of the template's parameter Architecture.
# SAM does not tell, so who deploys to x86_64 sets it in the environment.
LATCHKEY_ARCH ?= arm64

GOARCH_arm64  := arm64
GOARCH_x86_64 := amd64

# All functions come from one build, which compiles what they share once, and
# leaves alone what has not changed. ApiFunction is in functions/api, and so on.
BUILT     := .aws-sam/functions/$(LATCHKEY_ARCH)
FUNCTIONS := $(patsubst functions/%/main.go,%,$(wildcard functions/*/main.go))

.PHONY: functions

# The portal's function embeds what was built of the web app. Without -buildvcs
# a commit that changes nothing of a function does not change its artefact.
functions: $(PAGE)
	$(if $(GOARCH_$(LATCHKEY_ARCH)),,$(error LATCHKEY_ARCH is arm64 or x86_64, not $(LATCHKEY_ARCH)))
	@mkdir -p '$(BUILT)'
	GOOS=linux GOARCH=$(GOARCH_$(LATCHKEY_ARCH)) CGO_ENABLED=0 go build -tags lambda.norpc -trimpath -buildvcs=false \
		-ldflags '-s -w' -o '$(BUILT)/' $(addprefix ./functions/,$(FUNCTIONS)) $(BESIDES)

# SAM sets ARTIFACTS_DIR.
build-%Function: functions
	cp '$(BUILT)/$(shell echo $* | tr A-Z a-z)' '$(ARTIFACTS_DIR)/bootstrap'

# Folders are named, too: a file that goes changes its folder.
$(PAGE): $(INSTALLED) $(shell find $(WEB) -name node_modules -prune -o -print)
	npm --prefix $(WEB) run build

$(INSTALLED): $(WEB)/package.json $(WEB)/package-lock.json
	npm --prefix $(WEB) ci --no-audit --no-fund
