// SPDX-License-Identifier: BSL-1.0
// What can be wrong with a ledger file, in words for the person who is called at night: which file,
// what is wrong, what to do.
#pragma once

#include <shearpin/store.hpp>

#include <cerrno>

namespace shearpin::inline v1::detail {

/// Something that is wrong, and what to do about it. Texts that live for ever.
struct file_fault {
    const char* what = nullptr;  ///< null: nothing is wrong
    long error = 0;              ///< what the system said, negative; 0 where it said nothing
    const char* remedy = "";

    constexpr explicit operator bool() const noexcept { return what != nullptr; }
};

constexpr text_view error_name(long error) noexcept {
    switch (-error) {
        case EACCES:
            return "permission denied";
        case EPERM:
            return "not permitted";
        case ENOENT:
            return "no such file or folder";
        case ENOTDIR:
            return "part of the path is not a folder";
        case EISDIR:
            return "it is a folder";
        case EIO:
            return "input/output error";
        case ENOSPC:
            return "no space left on the device";
        case EDQUOT:
            return "disk quota exceeded";
        case EROFS:
            return "the file system is read-only";
        case EINTR:
            return "interrupted by signals again and again";
        case EMFILE:
        case ENFILE:
            return "too many open files";
        case ENOLCK:
            return "no locks available";
        case EFBIG:
            return "above the limit for the size of a file";
        case ELOOP:
            return "too many symbolic links";
        case ENAMETOOLONG:
            return "the path is too long";
        case EBADF:
            return "its descriptor was closed by other code";
        default:
            return "";
    }
}

/// Where the path is long, its end: that is where files differ.
inline void put_path(writer& out, text_view path) noexcept {
    constexpr std::size_t most = 80;
    if (path.size() <= most)
        out.put(path);
    else
        out.put("...").put(text_view(path.end() - (most - 3), most - 3));
}

inline store_trouble describe(text_view path, const file_fault& fault) noexcept {
    store_trouble text;
    text.write([&](writer& out) {
        out.put("ledger file ");
        put_path(out, path);
        out.put(" ").put(fault.what);
        if (fault.error < 0) {
            const text_view name = error_name(fault.error);
            out.put(" (");
            if (name.empty())
                out.put("error ").put(static_cast<std::uint64_t>(-fault.error));
            else
                out.put(name);
            out.put(")");
        }
        out.put(". ").put(fault.remedy);
    });
    return text;
}

// What to do, where several faults have the same answer.
inline constexpr const char* look_at_the_disk =
    "It was left as it is. Look at the disk and the kernel's log.";
inline constexpr const char* know_what_went =
    "It was left as it is. Find out what was removed lately before you create it anew: "
    "a new ledger has forgotten it.";

namespace file_faults {

constexpr file_fault missing{
    "is not there", 0,
    "If it never was, make it with file_store::create. If it was, find out what was removed "
    "lately: a new ledger has forgotten it."};
constexpr file_fault exists{"is already there", 0,
                            "Open it with file_store::open; it was left as it is."};
constexpr file_fault not_regular{"is not a regular file", 0,
                                 "Give the path of a file on a local file system."};
constexpr file_fault gone{"was deleted or renamed while in use", 0,
                          "Put it back where it was, or find out what was removed lately before "
                          "you create it anew."};
constexpr file_fault replaced{"was replaced by another file while in use", 0,
                              "Find out by whom. If the new one is right, start this program "
                              "again."};
constexpr file_fault other_length{"is cut off, or longer than it was made", 0, know_what_went};
constexpr file_fault foreign{"is not a ledger of Shearpin, or is cut off", 0,
                             "It was left as it is. Is this the right path?"};
constexpr file_fault empty{
    "holds nothing: its creation goes on right now or was cut short, or it was emptied", 0,
    "If nobody is creating it, find out what was removed lately, and create it anew."};
constexpr file_fault bad_header{"is damaged in its header", 0, know_what_went};
constexpr file_fault newer_format{"has a format that this program does not know", 0,
                                  "It was left as it is. Use a program as new as the one that "
                                  "made it."};
constexpr file_fault no_document{"is damaged: neither of its documents is whole", 0,
                                 know_what_went};
constexpr file_fault lost_newest{"is damaged: its newest document is lost", 0, know_what_went};
constexpr file_fault older_than_seen{
    "is older than what this program saw in it: was a backup put back", 0,
    "Find out what was removed since. If it is right as it is, start this program again."};
constexpr file_fault too_long{"takes no document that is longer than 1 MiB", 0,
                              "It was left as it is. Keep less history, or several ledgers."};

constexpr file_fault not_openable(long error) noexcept {
    return {"cannot be opened", error, "This program needs the right to read and to write it."};
}
constexpr file_fault not_creatable(long error) noexcept {
    return {"cannot be created", error,
            "This program needs the right to write there, and about 2 MiB of space."};
}
constexpr file_fault not_lockable(long error) noexcept {
    return {"cannot be locked", error, "Is it on a local file system?"};
}
constexpr file_fault not_readable(long error) noexcept {
    return {"cannot be read", error, look_at_the_disk};
}
constexpr file_fault not_writable(long error) noexcept {
    return {"cannot be written", error, "Is the disk full, or failing? Look at the kernel's log."};
}
constexpr file_fault not_synced(long error) noexcept {
    return {"cannot be synced to its disk, twice", error,
            "Nothing read from it counts until it can. Look at the disk and the kernel's log."};
}

}  // namespace file_faults

}  // namespace shearpin::inline v1::detail
