// Package read reads threads from the forms that discussions come in, one file a
// format, and finds in their posts what is quoted and pasted.
package read
