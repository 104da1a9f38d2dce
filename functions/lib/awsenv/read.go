package awsenv

import (
	"encoding"
	"fmt"
	"os"
	"reflect"
	"strconv"
	"strings"
)

// Read fills a struct from the environment. Each field names its variable in
// the tag `env:"NAME"`; `env:"NAME,optional"` may be missing or empty. Fields
// are strings, bools, ints, lists of strings (separated by commas), whatever
// reads itself from text (encoding.TextUnmarshaler), and structs of such fields
// (without a tag).
//
// The error names every variable that is missing or malformed, and no value.
func Read(into any) error {
	var faults []string
	read(reflect.ValueOf(into).Elem(), &faults)
	if len(faults) > 0 {
		return fmt.Errorf("environment: %s", strings.Join(faults, "; "))
	}
	return nil
}

func read(v reflect.Value, faults *[]string) {
	for i := range v.NumField() {
		field, tag := v.Field(i), v.Type().Field(i).Tag.Get("env")
		if tag == "" {
			if field.Kind() == reflect.Struct {
				read(field, faults)
			}
			continue
		}
		name, option, _ := strings.Cut(tag, ",")
		text := os.Getenv(name)
		switch {
		case text == "" && option != "optional":
			*faults = append(*faults, name+" is missing")
		case text != "":
			if err := set(field, text); err != nil {
				*faults = append(*faults, name+" cannot be read")
			}
		}
	}
}

func set(field reflect.Value, text string) error {
	if reads, ok := field.Addr().Interface().(encoding.TextUnmarshaler); ok {
		return reads.UnmarshalText([]byte(text))
	}
	switch field.Kind() {
	case reflect.String:
		field.SetString(text)
	case reflect.Bool:
		b, err := strconv.ParseBool(text)
		field.SetBool(b)
		return err
	case reflect.Int:
		n, err := strconv.Atoi(text)
		field.SetInt(int64(n))
		return err
	case reflect.Slice:
		var items []string
		for item := range strings.SplitSeq(text, ",") {
			if item = strings.TrimSpace(item); item != "" {
				items = append(items, item)
			}
		}
		field.Set(reflect.ValueOf(items))
	default:
		return fmt.Errorf("a %s", field.Kind())
	}
	return nil
}
