#pragma once
// Included by each C file of ours, which is refused without its guards.
//
// A flag that is lost says nothing; Package.swift has them.
#ifndef __SSP_STRONG__
#error "compile with -fstack-protector-strong"
#endif
#if defined(__x86_64__) && !defined(__CET__)
#error "compile with -fcf-protection=full"
#endif
#if defined(__OPTIMIZE__) && (!defined(_FORTIFY_SOURCE) || _FORTIFY_SOURCE < 3)
#error "compile with -D_FORTIFY_SOURCE=3"
#endif
