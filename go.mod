module github.com/sfnctl/sfnctl

go 1.26
