// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/presencesigns.h"

#include "ui/shell/roster.h"
#include "ui/shell/wording.h"

#include <QLocale>

#include <algorithm>

namespace Earshot {

namespace {

constexpr qsizetype mostNames = 3;

} // namespace

PresenceSigns::PresenceSigns(const Desk &desk, const Roster &roster, QObject *parent)
    : QObject(parent)
    , m_desk(desk)
    , m_roster(roster)
{
    connect(&desk, &Desk::presenceChanged, this, &PresenceSigns::changed);
}

QString PresenceSigns::initialsOf(const QString &name)
{
    const QStringList words = name.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (words.isEmpty())
        return QStringLiteral("?");
    const auto first = [](const QString &word) {
        // One letter as people count them, also outside the first plane.
        return word.left(word.at(0).isHighSurrogate() ? 2 : 1).toUpper();
    };
    return words.size() == 1 ? first(words.constFirst()) : first(words.constFirst()) + first(words.constLast());
}

QList<PresenceSigns::Sign> PresenceSigns::signsOf(ConversationId conversation) const
{
    QList<Sign> signs;
    for (const Present &other : m_desk.presentIn(conversation))
        signs.append({initialsOf(m_roster.agentName(other.agent)), other.isWriting});
    std::stable_sort(signs.begin(), signs.end(),
                     [](const Sign &one, const Sign &other) { return one.isWriting && !other.isWriting; });
    return signs;
}

bool PresenceSigns::hasWriter(ConversationId conversation) const
{
    const QList<Present> others = m_desk.presentIn(conversation);
    return std::any_of(others.cbegin(), others.cend(), [](const Present &other) { return other.isWriting; });
}

/// No more than fit a line; the others as their number.
QStringList PresenceSigns::names(ConversationId conversation, bool areWriting) const
{
    QStringList names;
    int more = 0;
    for (const Present &other : m_desk.presentIn(conversation)) {
        if (other.isWriting != areWriting)
            continue;
        if (names.size() < mostNames)
            names.append(Wording::isolated(m_roster.agentName(other.agent)));
        else
            ++more;
    }
    if (more > 0)
        names.append(tr("%Ln more", "people", more));
    return names;
}

QString PresenceSigns::sentenceOf(ConversationId conversation) const
{
    QStringList parts;
    if (const QStringList writers = names(conversation, true); !writers.isEmpty())
        parts.append((writers.size() == 1 ? tr("%1 is writing an answer") : tr("%1 are writing an answer"))
                         .arg(QLocale().createSeparatedList(writers)));
    if (const QStringList lookers = names(conversation, false); !lookers.isEmpty())
        parts.append((lookers.size() == 1 ? tr("%1 is looking") : tr("%1 are looking"))
                         .arg(QLocale().createSeparatedList(lookers)));
    return parts.join(QStringLiteral(" · "));
}

QString PresenceSigns::warningOf(ConversationId conversation) const
{
    const QStringList writers = names(conversation, true);
    if (!writers.isEmpty())
        return (writers.size() == 1 ? tr("%1 is writing an answer here too.")
                                    : tr("%1 are writing an answer here too."))
            .arg(QLocale().createSeparatedList(writers));
    const QStringList lookers = names(conversation, false);
    if (lookers.isEmpty())
        return {};
    return (lookers.size() == 1 ? tr("%1 is looking at this too.") : tr("%1 are looking at this too."))
        .arg(QLocale().createSeparatedList(lookers));
}

} // namespace Earshot
