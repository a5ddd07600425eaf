// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/errortext.h"

#include "ui/shell/wording.h"

#include <utility>

namespace Earshot {

namespace {

QString withDetail(const QString &sentence, const QString &detail)
{
    if (detail.isEmpty())
        return sentence;
    QString said = detail.left(300);
    said[0] = said.at(0).toUpper();
    const bool isSentence = said.endsWith(QLatin1Char('.')) || said.endsWith(QLatin1Char('!'));
    return sentence + QLatin1Char(' ') + Wording::isolated(said) + (isSentence ? QString() : QStringLiteral("."));
}

/// What the database and the system say in English, whatever is read here.
QString ofDisk(const QString &detail)
{
    static const std::pair<const char *, const char *> known[] = {
        {"disk I/O error",
         QT_TRANSLATE_NOOP("Earshot::ErrorText",
                           "the disk reports an error. Make a backup while it can be read, and have the disk "
                           "looked at")},
        {"unable to open database file",
         QT_TRANSLATE_NOOP("Earshot::ErrorText",
                           "the file cannot be opened: its folder is gone, or belongs to somebody else")},
        {"out of memory",
         QT_TRANSLATE_NOOP("Earshot::ErrorText", "there is not enough memory. Close other programs, then try again")},
        {"Permission denied",
         QT_TRANSLATE_NOOP("Earshot::ErrorText",
                           "the system does not allow it: the file or its folder belongs to somebody else")},
        {"Read-only file system", QT_TRANSLATE_NOOP("Earshot::ErrorText", "the file system can only be read")},
        {"No such file or directory",
         QT_TRANSLATE_NOOP("Earshot::ErrorText", "the file or its folder is not there any more")}};
    for (const auto &[words, sentence] : known) {
        const qsizetype at = detail.indexOf(QLatin1StringView(words), 0, Qt::CaseInsensitive);
        if (at < 0)
            continue;
        // Which file it is about stays.
        const QString about = detail.left(at);
        return (about.endsWith(QLatin1StringView(": ")) ? about : QString()) + ErrorText::tr(sentence);
    }
    return detail;
}

} // namespace

QString ErrorText::of(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::authExpired:
        return tr("The sign-in is no longer valid. Sign in again.");
    case ErrorKind::permission:
        return withDetail(tr("The account is not allowed to do this."), error.detail);
    case ErrorKind::rateLimited:
        return isKnown(error.until) ? tr("The network asks us to wait until %1.").arg(Wording::clockTime(error.until))
                                    : tr("The network asks us to wait a little.");
    case ErrorKind::quota:
        return isKnown(error.until) ? tr("The quota is used up until %1.").arg(Wording::clockTime(error.until))
                                    : tr("The quota is used up.");
    case ErrorKind::policy:
        return withDetail(tr("The network does not accept this."), error.detail);
    case ErrorKind::parentGone:
        return tr("What was to be answered no longer exists on the network.");
    case ErrorKind::duplicate:
        return tr("The network says that it has this already.");
    case ErrorKind::tooLong:
        return tr("The text is longer than the network allows.");
    case ErrorKind::transient:
        return tr("The network could not be reached. It is tried again by itself.");
    case ErrorKind::unsure:
        return tr("It was sent, but no answer came. It may or may not have arrived.");
    case ErrorKind::malformed:
        return tr("What came back could not be understood.");
    case ErrorKind::tooLarge:
        return tr("What came back is too large.");
    case ErrorKind::gone:
        return tr("This address no longer exists.");
    case ErrorKind::notFound:
        return tr("Nothing was found there.");
    case ErrorKind::invalid:
        return withDetail(tr("This cannot be done as entered."), reason(error.detail));
    case ErrorKind::refused:
        return withDetail(tr("This was refused."), reason(error.detail));
    case ErrorKind::locked:
        return tr("Another program is using this workspace.");
    case ErrorKind::newerVersion:
        return tr("This workspace was made by a newer Earshot. Update Earshot to open it.");
    case ErrorKind::damaged:
        return tr(
            "This workspace file is damaged. Restore a backup; “earshotctl workspace verify” tells what is wrong.");
    case ErrorKind::diskFull:
        return tr("The disk is full. Make room, then try again.");
    case ErrorKind::readOnly:
        return tr("This workspace cannot be written to.");
    case ErrorKind::tryAgain:
        return tr("It could not be saved. Please try again.");
    case ErrorKind::io:
        return withDetail(tr("Reading or writing failed."), ofDisk(error.detail));
    case ErrorKind::noKeychain:
        return tr("The system keychain is locked or missing, so passwords cannot be kept or read.");
    case ErrorKind::cancelled:
        return tr("Cancelled.");
    case ErrorKind::unsupported:
        // As mayWriteOn() says it.
        if (error.detail.contains(QLatin1StringView("network file system")))
            return tr(
                "This file lies on a network drive, where it would come to harm when it is worked with. Put it on "
                "a disk of this computer; for several people there is the server, earshotd.");
        return tr("This network cannot do that.");
    case ErrorKind::otherAccount:
        return withDetail(tr("This is the sign-in of another account, so nothing was changed."), error.detail);
    case ErrorKind::certificate:
        return ofCertificate(error.detail);
    case ErrorKind::unknown:
        break;
    }
    return withDetail(tr("Something went wrong."), error.detail);
}

QString ErrorText::ofInterception(QLatin1StringView words)
{
    // One of another time is the other end's own.
    if (words.contains(QLatin1StringView("expired")) || words.contains(QLatin1StringView("valid yet")))
        return {};
    return tr("Where it worked before, the log-in page of a hotel or a train may stand between: open any page in a "
              "browser first.");
}

QString ErrorText::ofCertificate(const QString &detail)
{
    // What the transport says (HttpExchange); the first that a person can do something about.
    static const std::pair<const char *, const char *> known[] = {
        {"it is for another host name",
         QT_TR_NOOP("Its certificate is for another name than the address has. Check the address.")},
        {"it has expired", QT_TR_NOOP("Its certificate has expired. Whoever runs it has to renew it; if it is new, the "
                                      "clock of this computer may be wrong.")},
        {"it is not valid yet",
         QT_TR_NOOP(
             "Its certificate is not valid yet. The clock of this computer may be wrong: look whether its day and "
             "time are right.")},
        {"it is self-signed",
         QT_TR_NOOP("Its certificate is its own, and nobody known here vouches for it. Ask whoever runs it for the "
                    "certificate's file, then start Earshot with --ca-file and that file.")},
        {"its issuer is not known",
         QT_TR_NOOP(
             "Nobody known here vouches for its certificate. Ask whoever runs it for the file of the authority's "
             "certificate, then start Earshot with --ca-file and that file.")}};
    const QString sentence = tr("The other end cannot prove who it is, so nothing was sent or read.");
    for (const auto &[words, remedy] : known) {
        if (detail.contains(QLatin1StringView(words)))
            return QStringList{sentence, tr(remedy), ofInterception(QLatin1StringView(words))}
                .join(QLatin1Char(' '))
                .trimmed();
    }
    return withDetail(sentence, detail);
}

QString ErrorText::ofAttempt(const Error &error)
{
    const QString known = error.kind == ErrorKind::transient ? knownReason(error.detail) : QString();
    if (!known.isEmpty())
        return withDetail(tr("The way there is barred."), known);
    if (error.kind == ErrorKind::newerVersion)
        return tr("The server is a newer Earshot than this one understands. Update Earshot.");
    if (error.kind == ErrorKind::transient)
        return tr("Nothing answers there. Check the address and your connection, then try again.");
    if (error.kind == ErrorKind::authExpired)
        return tr("The network does not accept this sign-in. Check it, then try again.");
    return of(error);
}

QString ErrorText::knownReason(const QString &detail)
{
    // The rules' own words; what they say of a delivery's state is a word of Wording.
    static const char *const known[] = {
        QT_TR_NOOP("the name or the password is wrong"),
        QT_TR_NOOP("something on the way to the server asks for a log-in of its own, as a hotel's page or a proxy "
                   "does"),
        QT_TR_NOOP("a proxy on the way asks for a name and a password; they belong into its address in the system's "
                   "settings, as in http://NAME:PASSWORD@PROXY:PORT"),
        QT_TR_NOOP("this replica is of another workspace or somebody else's"),
        QT_TR_NOOP("a channel needs a name"),
        QT_TR_NOOP("a channel needs an address"),
        QT_TR_NOOP("a contact cannot be merged with itself"),
        QT_TR_NOOP("a duplicate names the other conversation"),
        QT_TR_NOOP("not all who see this one may see the other"),
        QT_TR_NOOP("not all who see the one may see the other"),
        QT_TR_NOOP("a macro needs a name"),
        QT_TR_NOOP("a macro needs between 1 and 20 steps"),
        QT_TR_NOOP("a note needs text"),
        QT_TR_NOOP("a notice is for one place"),
        QT_TR_NOOP("a notice is too long"),
        QT_TR_NOOP("a notice needs text"),
        QT_TR_NOOP("a part of the reply is empty"),
        QT_TR_NOOP("a reply has its own action"),
        QT_TR_NOOP("a reply needs text"),
        QT_TR_NOOP("a saved reply needs a name"),
        QT_TR_NOOP("a saved reply needs a text of at most 20,000 characters"),
        QT_TR_NOOP("a step of the macro is not complete"),
        QT_TR_NOOP("a saved search has its filters among its words"),
        QT_TR_NOOP("a tag needs a name"),
        QT_TR_NOOP("a team needs a name"),
        QT_TR_NOOP("a view cannot want and exclude the same tag"),
        QT_TR_NOOP("a view names too many channels or tags"),
        QT_TR_NOOP("the waiting time of a view is at most a year"),
        QT_TR_NOOP("a view needs a name"),
        QT_TR_NOOP("a view of one agent's work names the agent"),
        QT_TR_NOOP("an agent needs a name"),
        QT_TR_NOOP("a limit is between 0 and 9999"),
        QT_TR_NOOP("another macro has this key"),
        QT_TR_NOOP("another one has this name"),
        QT_TR_NOOP("between 15 seconds and a day"),
        QT_TR_NOOP("it may have arrived: say that it did, or send it again anyway"),
        QT_TR_NOOP("it may have been done already; whether it was is asked first"),
        QT_TR_NOOP("it was tried again meanwhile"),
        QT_TR_NOOP("more people would see the reply than the message"),
        QT_TR_NOOP("no list that is always there"),
        QT_TR_NOOP("not a note"),
        QT_TR_NOOP("only our own messages can be deleted"),
        QT_TR_NOOP("resolved goes with a reason, other states without"),
        QT_TR_NOOP("snoozing needs a time"),
        QT_TR_NOOP("something on the way to the server, such as a firewall, turns it away, or the server fails at it; "
                   "it may have been done already"),
        QT_TR_NOOP("the channel was removed"),
        QT_TR_NOOP("the key of a macro is one letter or digit"),
        QT_TR_NOOP("the message answered no longer exists"),
        QT_TR_NOOP("the message answered is of another conversation"),
        QT_TR_NOOP("the reply has too many parts"),
        QT_TR_NOOP("it has channels"),
        QT_TR_NOOP("the server is too old to be asked whether it was done already"),
        QT_TR_NOOP("the time is past"),
        QT_TR_NOOP("the workspace needs an admin"),
        QT_TR_NOOP("there are too many views"),
        QT_TR_NOOP("there is a team of this name"),
        QT_TR_NOOP("there is a view of this name"),
        QT_TR_NOOP("there is an agent of this name"),
        QT_TR_NOOP("there is no message to answer"),
        QT_TR_NOOP("this address is connected already"),
        QT_TR_NOOP("this agent cannot own conversations"),
        QT_TR_NOOP("this channel can only be read"),
        QT_TR_NOOP("this channel cannot delete"),
        QT_TR_NOOP("this channel cannot moderate"),
        QT_TR_NOOP("this channel has no boosts"),
        QT_TR_NOOP("this channel has no likes"),
        QT_TR_NOOP("this channel has no private replies"),
        QT_TR_NOOP("this contact is merged already"),
        QT_TR_NOOP("this is not on the network"),
    };
    for (const char *one : known) {
        if (detail == QLatin1StringView(one))
            return tr(one);
    }
    return {};
}

QString ErrorText::reason(const QString &detail)
{
    if (const auto state = fromWord<DeliveryState>(detail))
        return tr("It is already: %1").arg(Wording::of(*state));
    const QString known = knownReason(detail);
    return known.isEmpty() ? detail : known;
}

QString ErrorText::of(const Refusal &refusal)
{
    const QString who = refusal.byName.isEmpty() ? tr("Somebody else") : Wording::isolated(refusal.byName);
    switch (refusal.kind) {
    case RefusalKind::permission:
        return refusal.detail == word(Role::admin) ? tr("Your role does not allow this. An admin can do it.")
                                                   : tr("Your role does not allow this. A lead or admin can do it.");
    case RefusalKind::notFound:
        return tr("This no longer exists.");
    case RefusalKind::invalid:
        return withDetail(tr("This cannot be done as entered."), reason(refusal.detail));
    case RefusalKind::taken:
        return tr("%1 took this already.").arg(who);
    case RefusalKind::changed:
        return tr("%1 changed this meanwhile.").arg(who);
    case RefusalKind::stale:
        return tr("The conversation has moved on. Read what is new first.");
    case RefusalKind::answeredElsewhere:
        return tr("The same post was answered on another channel already.");
    case RefusalKind::notPossible:
        return withDetail(tr("This is not possible now."), reason(refusal.detail));
    case RefusalKind::dependsOnRefused:
        return tr("This builds on something that was refused.");
    case RefusalKind::outOfOrder:
    case RefusalKind::deviceReset:
    case RefusalKind::tryAgain:
        return tr("It could not be saved. Please try again.");
    case RefusalKind::moreReaders:
        return tr("More people would see this reply than the message that it answers.");
    case RefusalKind::unreachable:
        if (refusal.detail == word(ErrorKind::unsure))
            return of(Error{ErrorKind::unsure, {}, {}});
        return tr("The program or the server that has this workspace does not answer.");
    case RefusalKind::restored:
        return tr("The server was restored from an older copy. Whether this was published, or is still about the same "
                  "conversation, cannot be known. Look before you send it again.");
    case RefusalKind::tooLarge:
        return tr("This is larger than the server takes. Shorten it, or send fewer or smaller files.");
    case RefusalKind::unreadable:
        return tr("What was kept of this on this computer is damaged and cannot be read.");
    }
    return tr("This was refused.");
}

QString ErrorText::ofDelivery(const QString &failure, const QString &detail)
{
    if (failure == QLatin1StringView("stale"))
        return tr("The conversation moved on before it was sent.");
    if (failure == QLatin1StringView("waitedLong"))
        return tr("It waited for more than 30 minutes while Earshot was closed or the computer asleep.");
    if (failure == QLatin1StringView("answeredElsewhere"))
        return tr("The same post was answered on another channel already.");
    if (failure == QLatin1StringView("copied"))
        return tr("The workspace was copied or restored: it may have been sent from the other copy.");
    if (failure.isEmpty())
        return {};
    return of(Error{fromWord<ErrorKind>(failure).value_or(ErrorKind::unknown), detail, {}});
}

QString ErrorText::of(Health health)
{
    switch (health) {
    case Health::unknown:
        return tr("not pulled yet");
    case Health::ok:
        return tr("working");
    case Health::signIn:
        return tr("sign-in needed");
    case Health::permission:
        return tr("permission missing");
    case Health::rateLimited:
        return tr("asked to wait");
    case Health::unreachable:
        return tr("cannot be reached");
    case Health::malformed:
        return tr("answers cannot be understood");
    case Health::gone:
        return tr("address no longer exists");
    case Health::gapPossible:
        return tr("something may be missing");
    case Health::paused:
        return tr("paused");
    case Health::keyringLocked:
        return tr("keychain locked");
    case Health::withheld:
        return tr("messages are held back");
    case Health::certificate:
        return tr("certificate not trusted");
    case Health::cutOff:
        return tr("answer cut off");
    case Health::clockOff:
        return tr("its clock is off");
    }
    return {};
}

QString ErrorText::remedy(Health health)
{
    switch (health) {
    case Health::unknown:
    case Health::ok:
        return {};
    case Health::signIn:
        return tr("Sign in again, or give a new application password or token.");
    case Health::permission:
        return tr("The account needs more rights on the network: let its owner grant them, then sign in again.");
    case Health::rateLimited:
        return tr("Nothing to do: pulling goes on by itself when the network allows it.");
    case Health::unreachable:
        return tr("It is tried again by itself. If it stays so, check the address and your connection.");
    case Health::malformed:
        return tr("Open the address in a browser to see whether the site is sound. It is tried again by itself.");
    case Health::gone:
        return tr("Remove the channel, or connect its new address. What was pulled stays.");
    case Health::gapPossible:
        return tr("The network gave less history than was asked for. Look there for what came in between, then press "
                  "Test.");
    case Health::paused:
        return tr("Resume it when it should go on.");
    case Health::keyringLocked:
        return tr("Unlock the system keychain; pulling then goes on by itself.");
    case Health::withheld:
        return tr("Settings of the account on its server keep messages away. Change them there, so that none is lost.");
    case Health::certificate:
        return tr("Check the address; if it is right, its server has to renew its certificate. Nothing is sent or read "
                  "before that.");
    case Health::cutOff:
        return tr("What came whole is stored, the rest is missing. Tell whoever runs the site; it is read again each "
                  "time.");
    case Health::clockOff:
        return tr("Everything new is stored all the same, but its times are not to be relied on. Tell whoever runs the "
                  "server.");
    }
    return {};
}

} // namespace Earshot
