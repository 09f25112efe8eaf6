// Package read reads threads from the forms that discussions come in, one file a
// format.
package read
