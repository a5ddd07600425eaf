// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/knownsentence.h"

#include <array>

/// How a channel's health is explained: what ChannelRecord::healthDetail may say, besides the words of a network.
namespace Earshot::HealthSentences {

inline constexpr char nothingNewer[] =
    QT_TRANSLATE_NOOP("Earshot::KnownSentence", "nothing newer than %1 was found there; what is older was left out");
inline constexpr char datesOff[] = QT_TRANSLATE_NOOP("Earshot::KnownSentence", "what is new is dated %1");
inline constexpr char clockOff[] = QT_TRANSLATE_NOOP("Earshot::KnownSentence", "the network's clock is %1");
inline constexpr char daysAhead[] = QT_TRANSLATE_NOOP("Earshot::KnownSentence", "%1 days ahead");
inline constexpr char daysBehind[] = QT_TRANSLATE_NOOP("Earshot::KnownSentence", "%1 days behind");
inline constexpr char aDayAhead[] = QT_TRANSLATE_NOOP("Earshot::KnownSentence", "a day ahead");
inline constexpr char aDayBehind[] = QT_TRANSLATE_NOOP("Earshot::KnownSentence", "a day behind");
inline constexpr char gapBetween[] = QT_TRANSLATE_NOOP("Earshot::KnownSentence", "gap possible between %1 and %2");
inline constexpr char cutOff[] =
    QT_TRANSLATE_NOOP("Earshot::KnownSentence", "the document ends early or is broken: only what was whole is stored");
inline constexpr char dropped[] =
    QT_TRANSLATE_NOOP("Earshot::KnownSentence", "the account's notification settings drop mentions: %1");
inline constexpr char filtered[] =
    QT_TRANSLATE_NOOP("Earshot::KnownSentence", "filters of the account may hide mentions: %1");
inline constexpr char hiddenLists[] =
    QT_TRANSLATE_NOOP("Earshot::KnownSentence", "the account hides everybody on these lists: %1");
inline constexpr char notFollowed[] =
    QT_TRANSLATE_NOOP("Earshot::KnownSentence", "people whom the account does not follow");
inline constexpr char notFollowing[] =
    QT_TRANSLATE_NOOP("Earshot::KnownSentence", "people who do not follow the account");
inline constexpr char newAccounts[] = QT_TRANSLATE_NOOP("Earshot::KnownSentence", "new accounts");
inline constexpr char privateMentions[] = QT_TRANSLATE_NOOP("Earshot::KnownSentence", "private mentions");
inline constexpr char limitedAccounts[] = QT_TRANSLATE_NOOP("Earshot::KnownSentence", "accounts limited by moderators");

inline constexpr std::array<const char *, 17> all{
    nothingNewer, datesOff,     clockOff,    daysAhead,       daysBehind,     aDayAhead,
    aDayBehind,   gapBetween,   cutOff,      dropped,         filtered,       hiddenLists,
    notFollowed,  notFollowing, newAccounts, privateMentions, limitedAccounts};

} // namespace Earshot::HealthSentences
