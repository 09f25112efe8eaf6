package jsonl

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestEachMember(t *testing.T) {
	object := " {\"a\" : 1,\n \"b\\u0041\":\"x, \\\"y\\\" }\", \"c\":[1,{\"d\":\"]\"}],\"e\":{},\"f\":true , \"\":null} "
	var got []string
	err := eachMember([]byte(object), func(name, value []byte) error {
		got = append(got, string(name)+"="+string(value))
		return nil
	})
	want := []string{"a=1", "bA=\"x, \\\"y\\\" }\"", "c=[1,{\"d\":\"]\"}]", "e={}", "f=true", "=null"}
	if err != nil || strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
	for _, bad := range []string{"", "[1]", "{\"a\":1", "{\"a\" 1}", "7", "\"{}\""} {
		if eachMember([]byte(bad), func(_, _ []byte) error { return nil }) == nil {
			t.Errorf("%q is taken for an object", bad)
		}
	}
}

// What is cut out must be what encoding/json reads.
func FuzzEachMember(f *testing.F) {
	f.Add([]byte(`{"a":{"b":[1,"}"]},"c":"\\\"","d":-1.5e3}`))
	f.Add([]byte(`{"a":1,"a":null}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if !utf8.Valid(data) {
			return
		}
		var want map[string]json.RawMessage
		valid := json.Unmarshal(data, &want) == nil && want != nil
		got := map[string]string{}
		err := eachMember(data, func(name, value []byte) error {
			if !json.Valid(value) {
				t.Errorf("%q is no value, in %q", value, data)
			}
			got[string(name)] = string(value)
			return nil
		})
		_ = members(data, func(_, _ []byte) error { return nil }) // ends, whatever it is given
		if (err == nil) != valid {
			t.Fatalf("%q: %v, but encoding/json takes it: %v", data, err, valid)
		}
		if valid && len(got) != len(want) {
			t.Errorf("%q: %d members, want %d", data, len(got), len(want))
		}
	})
}
