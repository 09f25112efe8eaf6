// Package report writes what was found: one writer a format.
package report
