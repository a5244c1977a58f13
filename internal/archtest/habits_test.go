package archtest

import (
	"go/ast"
	"go/token"
	"strings"
	"testing"
)

// The budgets. A dispatch over a language may be longer than the limit of
// functions: such functions are listed with their reason.
const (
	maxFileLines     = 800
	maxFunctionLines = 60
)

var longFunctions = map[string]string{
	// file:function -> why
}

func TestFilesAndFunctionsStaySmall(t *testing.T) {
	for _, file := range sources(t) {
		if file.lines > maxFileLines {
			t.Errorf("%s has %d lines; the budget is %d", file.name, file.lines, maxFileLines)
		}
		if file.isTest {
			continue
		}
		for _, declaration := range file.syntax.Decls {
			function, ok := declaration.(*ast.FuncDecl)
			if !ok || function.Body == nil || isDispatch(function) {
				continue
			}
			lines := file.set.Position(function.End()).Line - file.set.Position(function.Pos()).Line + 1
			if lines > maxFunctionLines && longFunctions[file.name+":"+function.Name.Name] == "" {
				t.Errorf("%s: %s has %d lines; the budget is %d", file.name, function.Name.Name, lines, maxFunctionLines)
			}
		}
	}
}

// isDispatch reports whether the body of a function is little more than one
// switch, or one table.
func isDispatch(function *ast.FuncDecl) bool {
	statements := function.Body.List
	if len(statements) > 3 {
		return false
	}
	for _, statement := range statements {
		switch statement := statement.(type) {
		case *ast.SwitchStmt, *ast.TypeSwitchStmt:
			return true
		case *ast.ReturnStmt:
			if len(statement.Results) == 1 && isTable(statement.Results[0]) {
				return true
			}
		}
	}
	return false
}

func isTable(expression ast.Expr) bool {
	if address, ok := expression.(*ast.UnaryExpr); ok {
		expression = address.X
	}
	_, ok := expression.(*ast.CompositeLit)
	return ok
}

func TestNothingHappensAtStartUp(t *testing.T) {
	for _, file := range sources(t) {
		for _, declaration := range file.syntax.Decls {
			if function, ok := declaration.(*ast.FuncDecl); ok && function.Recv == nil && function.Name.Name == "init" {
				t.Errorf("%s has an init function", file.name)
			}
		}
	}
}

// TestPackageVariablesAreConstantInSpirit: errors, tables, compiled regular
// expressions and embedded files are allowed; what is assigned later is not.
func TestPackageVariablesAreConstantInSpirit(t *testing.T) {
	variables := map[string]map[string]string{} // directory -> name -> where
	files := sources(t)
	for _, file := range files {
		if file.isTest {
			continue
		}
		for _, name := range packageVariables(file) {
			if variables[file.dir] == nil {
				variables[file.dir] = map[string]string{}
			}
			variables[file.dir][name.Name] = file.set.Position(name.Pos()).String()
		}
	}
	for _, file := range files {
		if !file.isTest {
			checkAssignments(t, file, variables[file.dir])
		}
	}
}

func packageVariables(file sourceFile) []*ast.Ident {
	var names []*ast.Ident
	for _, declaration := range file.syntax.Decls {
		general, ok := declaration.(*ast.GenDecl)
		if !ok || general.Tok != token.VAR {
			continue
		}
		for _, spec := range general.Specs {
			names = append(names, spec.(*ast.ValueSpec).Names...)
		}
	}
	return names
}

// checkAssignments finds assignments to package variables by name. A local
// variable of the same name is told apart by its declaration in the function.
func checkAssignments(t *testing.T, file sourceFile, variables map[string]string) {
	t.Helper()
	for _, declaration := range file.syntax.Decls {
		function, ok := declaration.(*ast.FuncDecl)
		if !ok || function.Body == nil {
			continue
		}
		local := localNames(function)
		ast.Inspect(function.Body, func(node ast.Node) bool {
			assignment, ok := node.(*ast.AssignStmt)
			if !ok || assignment.Tok == token.DEFINE {
				return true
			}
			for _, target := range assignment.Lhs {
				name := rootName(target)
				if variables[name] != "" && !local[name] {
					t.Errorf("%s: %s assigns to the package variable %s", file.set.Position(target.Pos()), function.Name.Name, name)
				}
			}
			return true
		})
	}
}

func localNames(function *ast.FuncDecl) map[string]bool {
	names := map[string]bool{}
	ast.Inspect(function, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.Field:
			for _, name := range node.Names {
				names[name.Name] = true
			}
		case *ast.AssignStmt:
			if node.Tok == token.DEFINE {
				for _, target := range node.Lhs {
					names[rootName(target)] = true
				}
			}
		case *ast.RangeStmt:
			if node.Tok == token.DEFINE {
				for _, target := range []ast.Expr{node.Key, node.Value} {
					names[rootName(target)] = true
				}
			}
		case *ast.ValueSpec:
			for _, name := range node.Names {
				names[name.Name] = true
			}
		}
		return true
	})
	return names
}

// rootName returns the variable that an expression such as a.b[i] is part of.
func rootName(expression ast.Expr) string {
	for {
		switch e := expression.(type) {
		case *ast.Ident:
			return e.Name
		case *ast.SelectorExpr:
			expression = e.X
		case *ast.IndexExpr:
			expression = e.X
		case *ast.StarExpr:
			expression = e.X
		case *ast.ParenExpr:
			expression = e.X
		default:
			return ""
		}
	}
}

func TestExportedNamesAreDocumented(t *testing.T) {
	packages := map[string]bool{} // directory -> has a package comment
	for _, file := range sources(t) {
		if file.isTest {
			continue
		}
		packages[file.dir] = packages[file.dir] || file.syntax.Doc != nil
		for _, declaration := range file.syntax.Decls {
			for name, documented := range exported(declaration) {
				if !documented {
					t.Errorf("%s: %s has no doc comment", file.name, name)
				}
			}
		}
	}
	for dir, documented := range packages {
		if !documented {
			t.Errorf("%s has no package comment", dir)
		}
	}
}

// exported returns the exported names of a declaration and whether they have a
// comment, of their own or of their group.
func exported(declaration ast.Decl) map[string]bool {
	names := map[string]bool{}
	switch declaration := declaration.(type) {
	case *ast.FuncDecl:
		if declaration.Name.IsExported() && (declaration.Recv == nil || isExportedReceiver(declaration.Recv)) {
			names[declaration.Name.Name] = declaration.Doc != nil
		}
	case *ast.GenDecl:
		for _, spec := range declaration.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				if spec.Name.IsExported() {
					names[spec.Name.Name] = declaration.Doc != nil || spec.Doc != nil
				}
			case *ast.ValueSpec:
				for _, name := range spec.Names {
					if name.IsExported() {
						names[name.Name] = declaration.Doc != nil || spec.Doc != nil || spec.Comment != nil
					}
				}
			}
		}
	}
	return names
}

func isExportedReceiver(receiver *ast.FieldList) bool {
	name := rootName(receiver.List[0].Type)
	return name != "" && strings.ToUpper(name[:1]) == name[:1]
}
