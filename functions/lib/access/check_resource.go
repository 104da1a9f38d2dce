package access

import "net/url"

// CheckResource lists what is wrong with a resource, whatever it refers to.
func CheckResource(r Resource) []FieldError {
	var f findings
	f.name("/name", r.Name)
	if len(r.Description) > MaxText {
		f.add("/description", "too_long", "A description has at most %d bytes.", MaxText)
	}
	if r.Kind != KindResource && r.Kind != KindDevice {
		f.add("/kind", "unknown", "A kind is %q or %q.", KindResource, KindDevice)
	}
	if u, err := url.Parse(r.URL); r.URL != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "") {
		f.add("/url", "format", "This is not the address of a page.")
	}
	f.target(r.Target)
	return f
}

// CheckSettings lists what is wrong with the settings.
func CheckSettings(s Settings) []FieldError {
	var f findings
	if s.MaxOpenRequests < 0 || s.MaxOpenRequests > 1000 {
		f.add("/max_open_requests", "out_of_range", "A limit is from 0 (none) to 1000.")
	}
	if s.MaxSubmissionsPerHour < 0 || s.MaxSubmissionsPerHour > 100 {
		f.add("/max_submissions_per_hour", "out_of_range", "A limit is from 0 (none) to 100.")
	}
	if s.MaxAsks < 0 || s.MaxAsks > 100 {
		f.add("/max_asks", "out_of_range", "A limit is from 0 (none) to 100.")
	}
	u, err := url.Parse(s.SupportURL)
	if s.SupportURL != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" && u.Scheme != "mailto") {
		f.add("/support_url", "format", "This is not an address to turn to.")
	}
	return f
}
