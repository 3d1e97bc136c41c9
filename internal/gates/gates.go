// Package gates holds the tests that no single folder can hold: what each
// database role may touch, headers and forged requests on every route of both
// sites, a whole walk after which nothing secret may be found. It has no code of
// its own. What only a whole run can tell is in suite.
package gates
