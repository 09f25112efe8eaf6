// Package segment gives every byte of a thread's posts its owner: the poster, whom he
// quotes, the outlet whose article he pasted, or the site.
package segment
