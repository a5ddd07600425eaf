// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/replica/deed.h"

#include "tests/replica/blogbeside.h"
#include "tests/replica/networkbeside.h"

#include <QFile>

#include <algorithm>
#include <functional>

namespace Earshot {

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

QString idOf(const DeskDeed &deed)
{
    return deed.action.id.toString(QUuid::WithoutBraces);
}

QString nameOf(const DeskDeed &deed)
{
    return deed.text.isEmpty() ? kindOf(deed.action.arguments) + u' ' + idOf(deed) : deed.text;
}

/// Who was told of this knows that nothing was done.
bool isFirmRefusal(const Outcome &outcome)
{
    return !outcome.isApplied() && outcome.refusal.kind != RefusalKind::unreachable &&
           !outcome.refusal.detail.contains(str("it may have been done already"));
}

/// As a list in SQL.
QString listOf(const QStringList &texts)
{
    return str("('") + texts.join(str("', '")) + str("')");
}

} // namespace

QString DeskDeed::linesOf(const QString &group, const QString &action)
{
    // A reply takes what nobody had for its writer; then it is the writer who lets go of it.
    if (group == str("assignee"))
        return str("(kind IN ('claim', 'assign', 'unassign') OR (kind = 'sendReply' AND (CAST(agent AS TEXT), agent) = "
                   "(SELECT before, agent FROM journal WHERE action = '%1')))")
            .arg(action);
    // A reply makes pending what was anything, also what was pending: its writer has the last word then.
    return group == str("status") ? str("kind IN ('setStatus', 'snooze', 'wake', 'sendReply')")
                                  : str("kind = 'setPriority'");
}

bool DeskDeed::isPromise(const QFuture<QList<Outcome>> &said)
{
    return said.isFinished() && said.resultCount() > 0 && said.result().constFirst().isApplied();
}

bool DeskDeed::isEverPromised() const
{
    return isPromised() || std::ranges::any_of(anew, isPromise);
}

DeedJudge::DeedJudge(ServerWorld &world, const NetworkBeside &network, Desktop &desktop)
    : m_world(world)
    , m_network(network)
    , m_agent(desktop.agent())
{
    const QStringList refused = desktop.rows(str("SELECT json_extract(body, '$.id') FROM outbox WHERE state = 3"));
    for (const QString &id : refused)
        m_kept.insert(QUuid::fromString(id));
    const QStringList texts =
        desktop.rows(str("SELECT json_extract(body, '$.arguments.text') FROM outbox WHERE state = 3"));
    m_keptTexts = {texts.cbegin(), texts.cend()};
    const QStringList untold = desktop.rows(str("SELECT json_extract(body, '$.id') FROM outbox WHERE state = 3 AND "
                                                "json_extract(outcome, '$.refusal.kind') = 'restored' AND "
                                                "json_extract(body, '$.arguments.conversation') IS NULL"));
    for (const QString &id : untold)
        m_untold.insert(QUuid::fromString(id));
}

bool DeedJudge::isKept(const DeskDeed &deed) const
{
    const QStringList words = deed.text.isEmpty() ? QStringList() : deed.words();
    return m_kept.contains(deed.action.id) ||
           std::ranges::any_of(words, [this](const QString &text) { return m_keptTexts.contains(text); });
}

bool DeedJudge::isTroubleInVain(const DeskDeed &deed) const
{
    const bool isUntold = m_untold.contains(deed.action.id) || (!deed.anew.isEmpty() && deed.isBeforeRestore);
    return isKept(deed) && !isUntold;
}

QStringList DeedJudge::said(const QStringList &texts)
{
    // What the network tells of itself, when a restored server has forgotten that it was sent, has no writer.
    return there(str("SELECT text FROM message WHERE text IN %1 AND agent IS NOT NULL UNION ALL "
                     "SELECT text FROM message_version WHERE text IN %1")
                     .arg(listOf(texts)));
}

/// What was typed is said once and journaled as often, or is kept; never both, and never in two wordings.
QString DeedJudge::troubleWithWords(const DeskDeed &deed)
{
    const QStringList said = this->said(deed.words());
    const auto times = said.size();
    if (times == 1 && said.constFirst() != deed.text && DeskDeed::isPromise(deed.anew.constLast()))
        return str("was to be said in other words, and was said as ") + said.constFirst();
    // Sent anew it may have another id, which is that of its message.
    const QString ofMessages = str("SELECT uuid FROM message WHERE text IN %1 OR id IN (SELECT message FROM "
                                   "message_version WHERE text IN %1)")
                                   .arg(listOf(deed.words()));
    const QString ids = deed.anew.isEmpty() ? u'\'' + idOf(deed) + u'\'' : ofMessages;
    const auto journaled = there(str("SELECT id FROM journal WHERE action IN (%1)").arg(ids)).size();
    if (times > 1 || times != journaled)
        return str("was said %1 times, journaled %2").arg(times).arg(journaled);
    if (deed.isEverPromised() && times == 0 && !isKept(deed) && !deed.isTakenBack && !deed.isGivenUp)
        return str("is gone");
    if (times == 1 && isTroubleInVain(deed))
        return str("was said and is trouble too");
    // What was told to be refused is in the composer still: a person would send it again.
    const auto outcome = deed.anew.isEmpty() ? deed.outcome() : std::nullopt;
    const bool isRefused = outcome && isFirmRefusal(*outcome);
    return isRefused && times == 1 ? str("was refused and said") : QString();
}

/// Where the words are, there is the file.
QString DeedJudge::troubleWithFile(const QString &text, const QString &file)
{
    const bool isSaid =
        !there(str("SELECT id FROM message WHERE text = '%1' AND agent IS NOT NULL").arg(text)).isEmpty();
    const bool isHere = QFile::exists(m_world.workspace().mediaFolder() + u'/' + file);
    if (isSaid && !isHere)
        return str("was said without its file");
    const int published = m_network.published(text);
    const int files = m_network.publishedFiles(text);
    return published == files ? QString() : str("was published %1 times with %2 files").arg(published).arg(files);
}

/// In one wording at most.
QString DeedJudge::troubleWithPublishing(const DeskDeed &deed)
{
    QStringList published;
    const QStringList words = deed.words();
    for (const QString &text : words) {
        if (const QString found = troubleWithDelivery(text, deed.isBeforeRestore); !found.isEmpty())
            return found;
        if (m_network.published(text) > 0)
            published.append(text);
    }
    return published.size() > 1 ? str("was published as ") + published.join(str(" and ")) : QString();
}

/// Each is said where the first is, published as one reply is, and not without the one above it.
QString DeedJudge::troubleWithParts(const DeskDeed &deed)
{
    const QStringList words = deed.words();
    const auto times = said(words).size();
    bool isAbovePublished =
        std::ranges::any_of(words, [this](const QString &text) { return m_network.published(text) > 0; });
    for (const QString &part : deed.parts) {
        if (const auto ofPart = said({part}).size(); ofPart != times)
            return str("was said %1 times, and its part %2 %3 times").arg(times).arg(part).arg(ofPart);
        if (const QString found = troubleWithDelivery(part, deed.isBeforeRestore); !found.isEmpty())
            return str("has a part that ") + found;
        const bool isPublished = m_network.published(part) > 0;
        if (isPublished && !isAbovePublished)
            return part + str(" was published without what stands above it");
        isAbovePublished = isPublished;
    }
    return {};
}

/// Published at most once; exactly once when it is sent, and not when it was called back.
QString DeedJudge::troubleWithDelivery(const QString &text, bool isBeforeRestore)
{
    const QStringList states =
        there(str("SELECT d.state FROM delivery d JOIN message m ON m.id = d.message WHERE m.text = '%1'").arg(text));
    const int published = m_network.published(text);
    const bool isSent = states.contains(QString::number(int(DeliveryState::sent)));
    const bool isCancelled = states.contains(QString::number(int(DeliveryState::cancelled)));
    if (states.size() > 1 || published > 1)
        return str("was published %1 times by %2 deliveries").arg(published).arg(states.size());
    // A network that does it and says 429 all the same is believed, but not of a repeat, which says nothing of the
    // first: what is called back then was answered outside.
    const QString liedTo = str("SELECT a.id FROM attempt a JOIN delivery d ON d.id = a.delivery JOIN message m ON "
                               "m.id = d.message WHERE m.text = '%1' AND a.outcome = 'rateLimited' AND NOT EXISTS "
                               "(SELECT 1 FROM attempt b WHERE b.delivery = a.delivery AND b.number = a.number - 1 "
                               "AND b.outcome = 'unsure')");
    if (isCancelled && published == 1 && !there(liedTo.arg(text)).isEmpty())
        return {};
    // What it has forgotten is asked about where it was typed.
    if (isBeforeRestore && states.isEmpty())
        return {};
    if (published != (isSent ? 1 : 0) || (!states.isEmpty() && !isSent && !isCancelled))
        return str("was published %1 times, its delivery is in state %2").arg(published).arg(states.value(0));
    return {};
}

/// The server decided once, journaled what had an effect once, and what it refused is known here.
QString DeedJudge::troubleWithOutcome(const DeskDeed &deed)
{
    // Its words and its journal say all of what has other ids.
    if (!deed.anew.isEmpty())
        return {};
    const auto ask = [&](const char *member) {
        return there(
            str("SELECT json_extract(body, '$.%1') FROM outcome WHERE action = '%2'").arg(str(member), idOf(deed)));
    };
    const QStringList outcomes = ask("outcome");
    const auto journaled = there(str("SELECT id FROM journal WHERE action = '%1'").arg(idOf(deed))).size();
    const bool isApplied = outcomes.value(0) == str("applied");
    const bool hadEffect = isApplied && ask("hadEffect").value(0) == str("1");
    if (outcomes.size() > 1 || journaled != (hadEffect ? 1 : 0))
        return str("has %1 outcomes, effect %2, journaled %3").arg(outcomes.size()).arg(hadEffect).arg(journaled);
    const bool isKept = m_kept.contains(deed.action.id);
    // What is called back, and what calls back, goes with the other; and of what would undo something that was refused
    // itself nobody needs to hear: that nothing was done has been told.
    const bool isOfNoMatter = deed.isTakenBack || deed.isGivenUp || deed.isFollowed || deed.isUndoing ||
                              std::holds_alternative<Act::CancelDelivery>(deed.action.arguments);
    if (!outcomes.isEmpty() && !isApplied && deed.isPromised() && !isKept && !isOfNoMatter)
        return str("was promised, refused (%1), and nobody was told").arg(ask("refusal").value(0));
    if (isApplied && isTroubleInVain(deed))
        return str("is done and is trouble too");
    if (isApplied && deed.outcome() && isFirmRefusal(*deed.outcome()))
        return str("was told to be refused, and is done");
    return {};
}

/// What was undone before it was sent never goes out, and goes with what undoes it: the rest of one group is in pairs,
/// one of which may never have been acknowledged.
QString DeedJudge::isGone(const QList<DeskDeed> &missing) const
{
    QHash<QString, QList<DeskDeed>> groups;
    for (const DeskDeed &deed : missing)
        groups[QString::number(deed.conversation.value) + u' ' + deed.group].append(deed);
    for (const QList<DeskDeed> &group : std::as_const(groups)) {
        const auto promised = std::count_if(group.cbegin(), group.cend(), std::mem_fn(&DeskDeed::isPromised));
        // The other of a pair may be one that a restored server has forgotten.
        if (std::any_of(group.cbegin(), group.cend(), std::mem_fn(&DeskDeed::isBeforeRestore)))
            continue;
        if (promised % 2 != 0 && promised == group.size())
            return nameOf(group.constFirst()) + str(" is gone");
    }
    return {};
}

/// What was done together is journaled in its order; what was decided anew comes later.
QString DeedJudge::troubleWithOrder(const QList<DeskDeed> &deeds)
{
    QHash<int, qint64> lines;
    for (const DeskDeed &deed : deeds) {
        if (deed.list == 0 || deed.isBeforeRestore || !deed.anew.isEmpty())
            continue;
        const QStringList line = there(str("SELECT id FROM journal WHERE action = '%1'").arg(idOf(deed)));
        const qint64 number = line.value(0).toLongLong();
        if (!line.isEmpty() && number < lines.value(deed.list))
            return nameOf(deed) + str(" went before what was done before it");
        if (!line.isEmpty())
            lines.insert(deed.list, number);
    }
    return {};
}

bool DeedJudge::isDone(const DeskDeed &deed)
{
    return there(str("SELECT json_extract(body, '$.outcome') FROM outcome WHERE action = '%1'").arg(idOf(deed)))
               .value(0) == str("applied");
}

QString DeedJudge::troubleWith(const QList<DeskDeed> &deeds)
{
    QList<DeskDeed> missing;
    for (qsizetype i = 0; i < deeds.size(); ++i) {
        DeskDeed deed = deeds.at(i);
        deed.isFollowed =
            !deed.group.isEmpty() && std::any_of(deeds.cbegin() + i + 1, deeds.cend(), [&deed](const DeskDeed &later) {
                return later.conversation == deed.conversation && later.group == deed.group;
            });
        deed.isUndoing =
            !deed.group.isEmpty() &&
            std::any_of(deeds.cbegin(), deeds.cbegin() + i, [&deed, this](const DeskDeed &before) {
                return before.conversation == deed.conversation && before.group == deed.group && !isDone(before);
            });
        QString found = troubleWithOutcome(deed);
        if (found.isEmpty() && !deed.text.isEmpty())
            found = troubleWithWords(deed);
        for (const QString &text : deed.file.isEmpty() ? QStringList() : deed.words())
            found = found.isEmpty() ? troubleWithFile(text, deed.file) : found;
        if (found.isEmpty() && deed.isReply)
            found = troubleWithPublishing(deed);
        if (found.isEmpty() && !deed.parts.isEmpty())
            found = troubleWithParts(deed);
        if (found.isEmpty())
            found = deed.saw.isEmpty() ? staleWins(deed) : staleEditWins(deed);
        if (!found.isEmpty())
            return nameOf(deed) + u' ' + found;
        const bool isKnown = m_kept.contains(deed.action.id) ||
                             !there(str("SELECT action FROM outcome WHERE action = '%1'").arg(idOf(deed))).isEmpty();
        if (!isKnown && !deed.group.isEmpty())
            missing.append(deed);
    }
    const QString found = troubleWithOrder(deeds);
    return found.isEmpty() ? isGone(missing) : found;
}

QString troubleWithEffects(ServerWorld &world, const NetworkBeside &network)
{
    const auto wished = [&world](MessageId message, const char *does, const char *undoes) {
        return firstColumn(world.workspace(), str("SELECT after FROM journal WHERE kind = 'performEffect' AND message "
                                                  "= %1 AND after IN ('%2', '%3') ORDER BY seq DESC LIMIT 1")
                                                  .arg(message.value)
                                                  .arg(str(does), str(undoes)))
                   .value(0) == str(does);
    };
    const auto kept = [&world](MessageId message, const char *column) {
        return firstColumn(world.workspace(),
                           str("SELECT %1 FROM message WHERE id = %2").arg(str(column)).arg(message.value))
                   .value(0) == str("1");
    };
    for (int question = 0; question < network.questions(); ++question) {
        const MessageId message = network.messageOf(question);
        const bool isLiked = wished(message, "like", "unlike");
        const bool isBoosted = wished(message, "boost", "unboost");
        if (isLiked != kept(message, "liked") || isLiked != network.isLiked(question))
            return str("question %1: wished %2, kept %3, outside %4 (likes)")
                .arg(question)
                .arg(isLiked)
                .arg(kept(message, "liked"))
                .arg(network.isLiked(question));
        if (isBoosted != kept(message, "boosted") || int(isBoosted) != network.boosts(question))
            return str("question %1: wished %2, kept %3, outside %4 (boosts)")
                .arg(question)
                .arg(isBoosted)
                .arg(kept(message, "boosted"))
                .arg(network.boosts(question));
    }
    return {};
}

QString troubleWithHiding(ServerWorld &world, const BlogBeside &blog)
{
    for (int comment = 0; comment < BlogBeside::comments; ++comment) {
        const MessageId message = blog.messageOf(comment);
        // What undoes an approval of what was held is called otherwise.
        const QStringList wished = firstColumn(
            world.workspace(), str("SELECT after FROM journal WHERE kind = 'performEffect' AND message = %1 "
                                   "ORDER BY seq DESC LIMIT 1")
                                   .arg(message.value));
        const bool isHidden = !wished.isEmpty() && wished.constFirst() != word(Effect::approve);
        const QStringList kept =
            firstColumn(world.workspace(), str("SELECT moderation FROM message WHERE id = %1").arg(message.value));
        const Moderation wanted = isHidden ? Moderation::held : Moderation::approved;
        if (kept.value(0) != QString::number(int(wanted)) || isHidden != blog.isHidden(comment))
            return str("comment %1: wished %2, kept %3, outside %4 (hidden)")
                .arg(comment)
                .arg(isHidden)
                .arg(kept.value(0))
                .arg(blog.isHidden(comment));
    }
    return {};
}

} // namespace Earshot
