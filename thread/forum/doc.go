// Package forum says what the lines are that forums and other sites write around the
// words of a post: dates, ages, names of posters, notes on when it was edited.
package forum
