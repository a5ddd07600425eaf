// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QStringView>

namespace Earshot {

// What the people of the sample workspace say, in two languages. Slots in braces are filled by SampleWriter: {product},
// {part}, {order}, {days}, {city}, {name} (the customer's first name), {agent}.

/// One subject that customers write about.
struct SampleTopic
{
    QStringView tag;
    bool isPraise = false;     ///< needs no answer
    QList<QStringView> titles; ///< of reviews and of articles elsewhere
    QList<QStringView> openings;
    QList<QStringView> answers; ///< ours
};

/// A saved reply: its places are filled in by who uses it, not by SampleWriter.
struct SampleReply
{
    QStringView name;
    QStringView text;
};

/// Everything of one language. Both have the same topics in the same order.
struct SampleLanguage
{
    QList<SampleTopic> topics;
    QList<QStringView> details;   ///< may follow any opening that is not praise
    QList<QStringView> followUps; ///< the customer, after our answer
    QList<QStringView> closings;  ///< ours, after a follow-up
    QList<QStringView> thanks;    ///< the customer, content
    QList<QStringView> bystanders;
    QList<QStringView> firstNames;
    QList<QStringView> lastNames;
    QList<QStringView> cities;
    QList<QStringView> parts;
    QList<QStringView> articles; ///< titles of our blog's posts
    QList<SampleReply> replies;
};

[[nodiscard]] const SampleLanguage &englishTexts();
[[nodiscard]] const SampleLanguage &germanTexts();
[[nodiscard]] const QList<QStringView> &sampleProducts();
[[nodiscard]] const QList<QStringView> &sampleNotes();
[[nodiscard]] const QList<QStringView> &sampleSpam();

} // namespace Earshot
