package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"threadstance/analyze/summary"
	"threadstance/report"
)

// store keeps records in another form than as lines of JSON.
type store interface {
	io.Writer // of records
	// finish adds what is known of the whole.
	finish(sys *system, page *report.Page) error
	discard()
}

// records returns what records are written to, and where that is no plain
// file, the store that it is; both are nil where the format has no records.
func (c *analyzeCommand) records(out *output) (io.Writer, store, error) {
	switch c.Format {
	case "jsonl":
		return out, nil, nil
	case "sqlite":
		if out.file == nil {
			return nil, nil, usagef("--format sqlite is a file of its own: name it with -o")
		}
		db, err := report.NewSQLite(out.file.Name())
		if err != nil {
			return nil, nil, fmt.Errorf("-o %s: %w", out.path, err)
		}
		s := sqliteStore{db}
		return s, s, nil
	case "parquet":
		if out.file == nil {
			return nil, nil, usagef("--format parquet is files of their own: name the one of the records with -o")
		}
		s := parquetStore{report.NewParquet(out), out.path}
		return s, s, nil
	}
	return nil, nil, nil
}

type sqliteStore struct{ *report.SQLite }

func (s sqliteStore) finish(_ *system, page *report.Page) error { return s.Finish(page) }
func (s sqliteStore) discard()                                  { s.Discard() }

type parquetStore struct {
	*report.Parquet
	path string
}

// tablePath is where a table goes beside the records: its file is named after
// theirs and its keys, posts.user.parquet beside posts.parquet.
func tablePath(records string, by summary.By) string {
	ending := filepath.Ext(records)
	return strings.TrimSuffix(records, ending) + "." + strings.ReplaceAll(by.String(), ",", "-") + ending
}

// finish ends the file of records, and writes each table to a file beside it.
func (s parquetStore) finish(sys *system, page *report.Page) error {
	if err := s.Finish(); err != nil {
		return err
	}
	for i := range page.Tables {
		t := &page.Tables[i]
		out, err := openOutput(sys, tablePath(s.path, t.By))
		if err != nil {
			return err
		}
		defer out.discard()
		if err := report.ParquetTable(out, t); err != nil {
			return err
		}
		if err := out.commit(); err != nil {
			return err
		}
	}
	return nil
}

func (s parquetStore) discard() {}
