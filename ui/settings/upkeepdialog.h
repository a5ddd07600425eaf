// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>
#include <QFuture>
#include <QString>

#include <functional>

class QPlainTextEdit;
class QProgressBar;

namespace Earshot {

class PlainLabel;
struct ListExport;

/// Checks a workspace, copies it, or writes a list of it out, on a thread of its own, and tells how far it is and what
/// was found. Who closes it meanwhile is not told: checking and copying go on to their end, an export stops and leaves
/// no file. Deletes itself.
class UpkeepDialog final : public QDialog
{
    Q_OBJECT

public:
    /// Begins at once.
    [[nodiscard]] static UpkeepDialog *verify(const QString &workspace, QWidget *parent);
    [[nodiscard]] static UpkeepDialog *backUp(const QString &workspace, const QString &target, QWidget *parent);
    [[nodiscard]] static UpkeepDialog *exportList(const QString &workspace, const ListExport &list, QWidget *parent);

Q_SIGNALS:
    /// One sentence for the window's bar.
    void ended(bool isGood, const QString &sentence);

private:
    UpkeepDialog(const QString &title, const QString &what, QWidget *parent);
    /// Shows how far the work is; when it has ended, `told` says so.
    template <class T>
    void follow(const QFuture<T> &work, std::function<void(const T &)> told);
    void end(bool isGood, const QString &sentence, const QStringList &details);

    PlainLabel *m_text;
    QProgressBar *m_bar;
    QPlainTextEdit *m_details;
};

} // namespace Earshot
