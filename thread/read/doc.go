// Package read opens files, folders, archives and what is compressed, finds the format
// of each input, and reads its threads. Below it is a package for each format, and
// those that the formats share: input for bytes, gather for records.
package read
