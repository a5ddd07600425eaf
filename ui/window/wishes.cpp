// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/wishes.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace Earshot {

bool asksForWords(int count, char **arguments)
{
    constexpr std::array<QByteArrayView, 5> words{"-h", "--help", "--help-all", "-v", "--version"};
    return std::any_of(arguments, arguments + count, [&words](const char *one) {
        return std::find(words.begin(), words.end(), QByteArrayView(one)) != words.end();
    });
}

Wishes wishesOf(const QCoreApplication &application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("main", "A desk for what people say about you in public."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption sample(
        QStringLiteral("sample"),
        QCoreApplication::translate("main", "Opens a sample that needs no account and no network."));
    const QCommandLineOption agent(QStringLiteral("agent"), QCoreApplication::translate("main", "Who works, by name."),
                                   QCoreApplication::translate("main", "name"));
    const QCommandLineOption keyFile(
        QStringLiteral("key-file"),
        QCoreApplication::translate("main", "The key of the encrypted secrets file, where there is no keychain."),
        QCoreApplication::translate("main", "file"));
    const QCommandLineOption join(
        QStringLiteral("join"),
        QCoreApplication::translate("main", "Joins the shared workspace of this server; its replica is the file."),
        QCoreApplication::translate("main", "address"));
    const QCommandLineOption caFile(
        QStringLiteral("ca-file"),
        QCoreApplication::translate("main",
                                    "Also trusts the certificates in this file (PEM), for a server with one of its "
                                    "own; kept for that replica."),
        QCoreApplication::translate("main", "file"));
    const QCommandLineOption another(
        QStringLiteral("another"),
        QCoreApplication::translate("main", "Begins with the question which workspace to join, make or open."));
    const QCommandLineOption readOnly(
        QStringLiteral("read-only"),
        QCoreApplication::translate("main", "Opens the file for reading, also while another window has it: nothing is "
                                            "changed in it, and nothing is pulled, sent or asked of a server. One of "
                                            "an older version is brought to today's form first."));
    parser.addOptions({sample, join, agent, keyFile, caFile, another, readOnly});
    parser.addPositionalArgument(QStringLiteral("file"),
                                 QCoreApplication::translate("main", "The workspace; else the one that was used last."),
                                 QStringLiteral("[file]"));
    parser.process(application);
    return {parser.positionalArguments().value(0),
            parser.value(agent),
            parser.value(keyFile),
            parser.value(join),
            parser.value(caFile),
            parser.isSet(sample),
            parser.isSet(another),
            parser.isSet(readOnly)};
}

} // namespace Earshot
