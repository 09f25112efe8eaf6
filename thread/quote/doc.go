// Package quote finds what the posts of a thread quote of one another: by words that
// stood in an earlier post ([Tracer]), by what a page or message says of a quotation that
// it marks ([Resolve]), and by the signs and lines that mark one.
package quote
