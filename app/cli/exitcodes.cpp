// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/exitcodes.h"

#include "model/words.h"

namespace Earshot {

const QList<ExitCodeHelp> &exitCodes()
{
    static const QList<ExitCodeHelp> all = {
        {ExitCode::ok, "done"},
        {ExitCode::failed, "a network failed or refused, or something unexpected happened"},
        {ExitCode::usage, "the command or an argument makes no sense"},
        {ExitCode::notFound, "no such workspace, channel, conversation, message, delivery or agent"},
        {ExitCode::refused, "a rule refused the action (taken, changed, stale, permission, ...)"},
        {ExitCode::busy, "the workspace is locked, its owner does not answer, or nothing was stored: try again"},
        {ExitCode::damaged, "the workspace file is damaged or of a newer version"},
        {ExitCode::signIn, "the network wants a (new) sign-in, or the account may not do this"},
        {ExitCode::disk, "the disk is full, not writable or failing"},
        {ExitCode::secrets, "secrets cannot be kept or read (no keychain, no key file)"},
        {ExitCode::unsupported, "this network, file system or build cannot do it"},
        {ExitCode::interrupted, "interrupted"},
    };
    return all;
}

ExitCode exitCodeOf(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::invalid:
        return ExitCode::usage;
    case ErrorKind::notFound:
        return ExitCode::notFound;
    case ErrorKind::refused:
        return ExitCode::refused;
    case ErrorKind::locked:
    case ErrorKind::tryAgain:
        return ExitCode::busy;
    case ErrorKind::damaged:
    case ErrorKind::newerVersion:
        return ExitCode::damaged;
    case ErrorKind::authExpired:
    case ErrorKind::permission:
    case ErrorKind::otherAccount:
        return ExitCode::signIn;
    case ErrorKind::diskFull:
    case ErrorKind::readOnly:
    case ErrorKind::io:
        return ExitCode::disk;
    case ErrorKind::noKeychain:
        return ExitCode::secrets;
    case ErrorKind::unsupported:
        return ExitCode::unsupported;
    case ErrorKind::cancelled:
        return ExitCode::interrupted;
    default:
        return ExitCode::failed;
    }
}

static QString plainSentence(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::authExpired:
        return QStringLiteral("A new sign-in is needed");
    case ErrorKind::permission:
        return QStringLiteral("The account is not allowed to do this");
    case ErrorKind::rateLimited:
        return QStringLiteral("The network asks to wait");
    case ErrorKind::quota:
        return QStringLiteral("The network's quota is spent");
    case ErrorKind::policy:
        return QStringLiteral("The network forbids this");
    case ErrorKind::parentGone:
        return QStringLiteral("What was to be answered no longer exists");
    case ErrorKind::duplicate:
        return QStringLiteral("The network has this already");
    case ErrorKind::tooLong:
        return QStringLiteral("The text is too long for the network");
    case ErrorKind::transient:
        return QStringLiteral("The network could not be reached");
    case ErrorKind::unsure:
        return QStringLiteral("Sent, but it is not known whether it arrived");
    case ErrorKind::malformed:
        return QStringLiteral("The answer could not be understood");
    case ErrorKind::tooLarge:
        return QStringLiteral("The answer is larger than is accepted");
    case ErrorKind::gone:
        return QStringLiteral("It is gone for good");
    case ErrorKind::notFound:
        return QStringLiteral("Not found");
    case ErrorKind::invalid:
        return QStringLiteral("This makes no sense");
    case ErrorKind::refused:
        return QStringLiteral("Refused");
    case ErrorKind::locked:
        return QStringLiteral("Another process has the workspace");
    case ErrorKind::newerVersion:
        return QStringLiteral("The workspace was made by a newer Earshot");
    case ErrorKind::damaged:
        return QStringLiteral("The workspace is damaged; restore a backup (workspace verify tells what is wrong)");
    case ErrorKind::diskFull:
        return QStringLiteral("The disk is full");
    case ErrorKind::readOnly:
        return QStringLiteral("The workspace cannot be written here");
    case ErrorKind::tryAgain:
        return QStringLiteral("Nothing was stored; try again");
    case ErrorKind::io:
        return QStringLiteral("Reading or writing failed");
    case ErrorKind::noKeychain:
        return QStringLiteral("Secrets cannot be kept or read; without a keychain, name a key file with --key-file");
    case ErrorKind::cancelled:
        return QStringLiteral("Interrupted");
    case ErrorKind::otherAccount:
        return QStringLiteral("This is the sign-in of another account, so nothing was changed");
    case ErrorKind::certificate:
        return QStringLiteral("The other end cannot prove who it is, so nothing was sent or read");
    case ErrorKind::unsupported:
        return QStringLiteral("This cannot be done here");
    case ErrorKind::unknown:
        break;
    }
    return QStringLiteral("Something unexpected happened");
}

QString sentenceOf(const Error &error)
{
    const bool saysItself = error.kind == ErrorKind::invalid || error.kind == ErrorKind::notFound;
    if (error.detail.isEmpty())
        return plainSentence(error.kind);
    return saysItself ? error.detail : plainSentence(error.kind) + QStringLiteral(": ") + error.detail;
}

Error errorOf(const Refusal &refusal)
{
    QString detail = word(refusal.kind);
    if (!refusal.byName.isEmpty())
        detail += QStringLiteral(" by ") + refusal.byName;
    if (!refusal.detail.isEmpty())
        detail += QStringLiteral(": ") + refusal.detail;
    switch (refusal.kind) {
    case RefusalKind::notFound:
        return {ErrorKind::notFound, detail, {}};
    case RefusalKind::invalid:
        return {ErrorKind::invalid, detail, {}};
    case RefusalKind::tryAgain:
        return {ErrorKind::tryAgain, detail, {}};
    case RefusalKind::unreachable:
        return {ErrorKind::locked, detail, {}};
    default:
        return {ErrorKind::refused, detail, {}};
    }
}

} // namespace Earshot
