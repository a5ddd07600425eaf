// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/together.h"

#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

namespace Earshot {

namespace {

constexpr const char *chosen = "EARSHOT_TEST";

std::map<std::string, TestProgram::Main> &programs()
{
    static std::map<std::string, TestProgram::Main> all;
    return all;
}

// "/…/tests/ui/tst_triage.cpp": "triage".
std::string nameOf(const std::string &file)
{
    const auto begin = file.rfind("/tst_") + 5;
    return file.substr(begin, file.rfind('.') - begin);
}

int usage(const char *program)
{
    std::fprintf(stderr, "usage: %s TEST [ARGUMENTS]; the tests:", program);
    for (const auto &[name, main] : programs())
        std::fprintf(stderr, " %s", name.c_str());
    std::fputc('\n', stderr);
    return 64;
}

} // namespace

TestProgram::TestProgram(const char *file, Main main)
{
    programs().emplace(nameOf(file), main);
}

} // namespace Earshot

int main(int argc, char **argv)
{
    using namespace Earshot;
    // What calls the system by functions of its own is alone in its program.
    if (programs().size() == 1)
        return programs().begin()->second(argc, argv);
    // As a program of its own would be called: settings and caches lie in folders of that name.
    static std::string name = argv[0];
    if (std::getenv(chosen) == nullptr && argc > 1) {
        ::setenv(chosen, argv[1], 1);
        ++argv;
        --argc;
    }
    const char *wanted = std::getenv(chosen);
    const auto program = programs().find(wanted == nullptr ? "" : wanted);
    if (program == programs().end())
        return usage(name.c_str());
    name += '_' + program->first;
    argv[0] = name.data();
    return program->second(argc, argv);
}
