// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>
#include <QFuture>
#include <QString>

#include <atomic>
#include <functional>
#include <memory>

class QDialogButtonBox;
class QPlainTextEdit;
class QProgressBar;

namespace Earshot {

class PlainLabel;
struct ListExport;

/// Checks a workspace, copies it, or writes a list of it out, on a thread of its own, and tells how far it is and what
/// was found. Closing it puts it aside: the work goes on and its end is told by endedAside(). Cancelling ends the work
/// and leaves no file. When the window goes, an export and a check end, a copy goes on. Deletes itself.
class UpkeepDialog final : public QDialog
{
    Q_OBJECT

public:
    /// Begins at once.
    [[nodiscard]] static UpkeepDialog *verify(const QString &workspace, QWidget *parent);
    [[nodiscard]] static UpkeepDialog *backUp(const QString &workspace, const QString &target, QWidget *parent);
    /// @param missing a sentence on what the file will not have, said from the beginning to the end; empty = nothing
    [[nodiscard]] static UpkeepDialog *exportList(const QString &workspace, const ListExport &list,
                                                  const QString &missing, QWidget *parent);

Q_SIGNALS:
    /// It has ended after it was put aside. One sentence for the window's bar.
    void endedAside(bool isGood, const QString &sentence);

private:
    UpkeepDialog(const QString &title, const QString &what, QWidget *parent);
    /// Shows how far the work is; when it has ended, `told` says so.
    template <class T>
    void follow(const QFuture<T> &work, std::function<void(const T &)> told);
    /// Until the first share is told, it is not known of how much. @param then what is said from there on
    void waitForCount(const QString &then);
    void showShare(int share);
    void end(bool isGood, const QString &sentence, const QStringList &details);
    void cancel();

    std::shared_ptr<std::atomic<bool>> m_isCancelled = std::make_shared<std::atomic<bool>>(false);
    QDialogButtonBox *m_buttons;
    PlainLabel *m_text;
    QProgressBar *m_bar;
    QPlainTextEdit *m_details;
    QString m_counted; ///< said when it is known how much there is; empty = it is
};

} // namespace Earshot
