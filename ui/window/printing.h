// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"

#include <memory>

class QPrinter;
class QWidget;

namespace Earshot {

class CommandRegistry;
class ConversationPane;
struct ConversationPrint;

/// Puts the conversation of a pane on paper or into a PDF.
class Printing final : public QObject
{
    Q_OBJECT

public:
    /// All outlive this. @param window parent of the dialogs
    Printing(Desk &desk, ConversationPane &pane, QWidget *window);
    void addCommands(CommandRegistry &commands);
    /// Without asking where.
    void writePdf(ConversationId conversation, const QString &path);
    /// Onto this printer, on a thread of the pool; says when it has begun and where it failed.
    void printOn(std::shared_ptr<QPrinter> printer, const ConversationPrint &print);

Q_SIGNALS:
    void message(const QString &text);
    void failed(const QString &text);

private:
    void print();
    void askForPdf();

    Desk &m_desk;
    ConversationPane &m_pane;
    QWidget *m_window;
};

} // namespace Earshot
