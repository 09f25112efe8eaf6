// Package gather makes threads of records, which come one by one, mixed, and from
// several inputs.
package gather
