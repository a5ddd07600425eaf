// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"

#include <QCoreApplication>

#include <memory>

class QPrinter;
class QTextDocument;

namespace Earshot {

/// Everything of one conversation that goes on paper.
struct ConversationPrint
{
    ConversationRecord conversation;
    QString channel;
    QList<MessageRecord> messages; ///< oldest first
    QList<JournalRecord> events;   ///< oldest first
    QList<AgentRecord> agents;
    bool isCut = false; ///< there is more that is older
};

/// Reads a conversation whole: at most its newest 10,000 messages, and as many events.
[[nodiscard]] QFuture<Result<ConversationPrint>> readForPrint(Desk &desk, ConversationId conversation,
                                                              int most = 10'000);

/// On any one thread. Makes a document of it for a printer or a PDF: black on white, nothing in it is markup, emoji as
/// pictures (the printer's fonts have none). Pictures that were fetched are in it with their descriptions.
class PrintDocument final
{
    Q_DECLARE_TR_FUNCTIONS(Earshot::PrintDocument)

public:
    /// @param mediaFolder where pictures lie by their hash
    [[nodiscard]] static std::unique_ptr<QTextDocument> make(const ConversationPrint &print, const QString &mediaFolder,
                                                             Time now);
    /// Writes it as a PDF on A4. What was there before stays until all of it is written. Errors: io.
    [[nodiscard]] static Done writePdf(QTextDocument &document, const QString &path, const QString &title);
    /// Prints it. Into a file it does as writePdf() does. Errors: io, notFound (there is no such printer).
    [[nodiscard]] static Done printOn(QTextDocument &document, QPrinter &printer);
};

/// The pieces of a text: those that are drawn as pictures because they are emoji, and what is between.
struct TextPiece
{
    QString text;
    bool isEmoji = false;
    bool operator==(const TextPiece &) const = default;
};
[[nodiscard]] QList<TextPiece> splitEmoji(const QString &text);

} // namespace Earshot
