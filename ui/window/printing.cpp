// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/printing.h"

#include "ui/conversation/conversationpane.h"
#include "ui/conversation/conversationprint.h"
#include "ui/shell/commandregistry.h"
#include "ui/shell/errortext.h"
#include "ui/shell/whendone.h"

#include <QFileDialog>
#include <QPrintDialog>
#include <QPrinter>
#include <QTextDocument>

namespace Earshot {

Printing::Printing(Desk &desk, ConversationPane &pane, QWidget *window)
    : QObject(window)
    , m_desk(desk)
    , m_pane(pane)
    , m_window(window)
{
}

void Printing::addCommands(CommandRegistry &commands)
{
    const auto add = [&](const char *id, const QString &text, const QKeySequence &shortcut, void (Printing::*run)()) {
        Command command;
        command.id = QString::fromLatin1(id);
        command.text = text;
        command.shortcut = shortcut;
        command.isEnabled = [this] { return m_pane.conversation().isValid(); };
        command.run = [this, run] { (this->*run)(); };
        commands.add(std::move(command));
    };
    add("conversation.print", tr("P&rint conversation…"), QKeySequence(Qt::CTRL | Qt::Key_P), &Printing::print);
    add("conversation.pdf", tr("Save conversation as P&DF…"), {}, &Printing::askForPdf);
}

void Printing::print()
{
    whenDone(readForPrint(m_desk, m_pane.conversation()), this, [this](const Result<ConversationPrint> &print) {
        if (!print) {
            Q_EMIT failed(ErrorText::of(print.error()));
            return;
        }
        auto printer = std::make_shared<QPrinter>(QPrinter::HighResolution);
        printer->setDocName(tr("Conversation #%1").arg(print->conversation.number));
        auto *dialog = new QPrintDialog(printer.get(), m_window);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setObjectName(QStringLiteral("printDialog"));
        connect(dialog, qOverload<QPrinter *>(&QPrintDialog::accepted), this,
                [this, printer, content = *print](QPrinter *chosen) {
                    const Time now = m_desk.workspace().clock().now();
                    PrintDocument::make(content, m_desk.workspace().mediaFolder(), now)->print(chosen);
                    Q_EMIT message(tr("The conversation is being printed."));
                });
        dialog->open();
    });
}

void Printing::askForPdf()
{
    const ConversationId conversation = m_pane.conversation();
    auto *dialog = new QFileDialog(m_window, tr("Save conversation as PDF"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("pdf"));
    dialog->selectFile(tr("Conversation %1").arg(m_pane.record().number) + QStringLiteral(".pdf"));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, conversation](const QString &path) { writePdf(conversation, path); });
    dialog->open();
}

void Printing::writePdf(ConversationId conversation, const QString &path)
{
    whenDone(readForPrint(m_desk, conversation), this, [this, path](const Result<ConversationPrint> &print) {
        if (!print) {
            Q_EMIT failed(ErrorText::of(print.error()));
            return;
        }
        const auto document =
            PrintDocument::make(*print, m_desk.workspace().mediaFolder(), m_desk.workspace().clock().now());
        const Done written =
            PrintDocument::writePdf(*document, path, tr("Conversation #%1").arg(print->conversation.number));
        if (written)
            Q_EMIT message(tr("The PDF is written."));
        else
            Q_EMIT failed(ErrorText::of(written.error()));
    });
}

} // namespace Earshot
