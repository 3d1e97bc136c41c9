// Package gates holds the tests that no single folder can hold: what each
// database role may touch, every statement under the role that sends it,
// headers and forged requests on every route of both sites, a whole walk after
// which nothing secret may be found. It has no code of its own.
package gates
